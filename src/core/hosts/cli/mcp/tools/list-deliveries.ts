import * as z from "zod";
import { DeliveryId } from "#shared/contract/command.ts";
import { commands } from "#shared/contract/commands.ts";
import { searchLines } from "../../search-help.ts";
import { DeliveryFacts, deliveryFacts, deliveryLines } from "../delivery-facts.ts";
import { defineTool } from "../tool.ts";

const { input, output, summary } = commands["deliveries.list"];

export const listDeliveries = defineTool({
  name: "list_deliveries",
  title: "List or search captured webhooks",
  description: [
    `${summary}. Use it to find out what api.video sent, what failed its signature check (sig:failed), or how the developer's server answered (status:5xx).`,
    ...searchLines(),
  ].join("\n"),
  uses: ["deliveries.list"],
  needs: "history",
  hasCaptured: true,
  input: z.strictObject({
    query: input.shape.query.describe("The search; empty for all. Example: type:video.encoding sig:failed after:1h"),
    before: DeliveryId.optional().describe("Go on from here: the `before` of the last page"),
    limit: z.int().min(1).max(50).default(20),
  }),
  facts: output.pick({ total: true, before: true }).extend({ deliveries: z.array(DeliveryFacts) }),
  async run({ query, before, limit }, { call }) {
    const page = await call("deliveries.list", { query, before, limit });
    const { items, total } = page;
    return {
      facts: { total, before: page.before, deliveries: items.map(deliveryFacts) },
      captured: deliveryLines(items),
    };
  },
});
