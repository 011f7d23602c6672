import * as z from "zod";
import { DeliveryId } from "#shared/contract/command.ts";
import { commands } from "#shared/contract/commands.ts";
import { deliveryNumber } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import { followMatches } from "../../follow/follow-matches.ts";
import { othersSince } from "../../follow/others-since.ts";
import { DeliveryFacts, deliveryFacts, deliveryLines } from "../delivery-facts.ts";
import { defineTool, type ToolCall } from "../tool.ts";

const { input } = commands["deliveries.list"];

/** Most agents give a tool a minute. */
const MAX_SECONDS = 120;

export const waitForDelivery = defineTool({
  name: "wait_for_delivery",
  title: "Wait for a webhook",
  description:
    "Wait until a delivery comes that a search finds, and answer with it, or after the timeout with what came instead. Use it after an upload or a live stream was started. To miss nothing that comes in between, ask for the newest delivery before (list_deliveries with limit 1) and give its id as `after`. The search is that of list_deliveries. Needs an inspector that runs.",
  uses: ["deliveries.list"],
  needs: "running",
  hasCaptured: true,
  input: z.strictObject({
    query: input.shape.query.describe(
      "As for list_deliveries; empty for any delivery. Example: quality=720p sig:verified",
    ),
    after: DeliveryId.regex(/^d\d+$/, { error: "A delivery's id is like d12." })
      .optional()
      .describe(
        "Only what came after this delivery, also where it is there already; without it, what comes from now on",
      ),
    timeoutSeconds: z.number().min(0.1).max(MAX_SECONDS).default(30),
  }),
  facts: z.object({
    found: DeliveryFacts.nullable(),
    /** Where nothing was found: how many others came. */
    others: z.int().optional(),
  }),
  async run({ query, after, timeoutSeconds }, { call, dataDir, signal }) {
    const late = AbortSignal.timeout(timeoutSeconds * 1_000);
    const floor = after === undefined ? await newestNumber(call) : deliveryNumber(after);
    const matches = followMatches({
      ...{ dataDir, query, stored: 1 },
      signal: AbortSignal.any([signal, late]),
      onReady: () => undefined,
      // Nobody reads along: whether it is gone in the end, the answer says.
      say: () => undefined,
    });
    for await (const delivery of matches) {
      if (deliveryNumber(delivery.id) <= floor) continue;
      return { facts: { found: deliveryFacts(delivery) }, captured: deliveryLines([delivery]) };
    }
    const others = await othersSince({ call }, floor, new Set());
    if (others === null) throw gone();
    return { facts: { found: null, others: others.count }, captured: deliveryLines(others.last) };
  },
});

async function newestNumber(call: ToolCall<"deliveries.list">["call"]): Promise<number> {
  const { items } = await call("deliveries.list", { limit: 1 });
  return items[0] === undefined ? 0 : deliveryNumber(items[0].id);
}

function gone(): AppError {
  return new AppError(
    "host.disconnected",
    "Nothing that fits came in time, and the inspector was ended or restarted meanwhile. Ask get_status, then wait again.",
  );
}
