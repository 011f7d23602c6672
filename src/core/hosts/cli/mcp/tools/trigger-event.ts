import * as z from "zod";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { commands } from "#shared/contract/commands.ts";
import { DeliveryFacts, deliveryLines, detailFacts } from "../delivery-facts.ts";
import { defineTool } from "../tool.ts";

const { input, summary } = commands["simulator.trigger"];

const MAX_COUNT = 20;

export const triggerEvent = defineTool({
  name: "trigger_event",
  title: "Send a simulated webhook",
  description: `${summary}. Use it to try a handler without an upload: events go through the app's own listener and, where it forwards, on to the developer's server. Types: ${EVENT_TYPES.join(", ")}, or any other. \`signature\`: wrong-secret, missing and reserialised are what a handler must refuse.`,
  uses: ["simulator.trigger", "deliveries.get"],
  needs: "any",
  hasCaptured: true,
  input: z.strictObject({
    type: input.shape.type.describe("The event's type"),
    set: z
      // Not every host knows the schema of a record, with its names of properties.
      .object({})
      .catchall(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .optional()
      .describe('Fields of the payload by path, such as {"quality": "1080p"}'),
    signature: input.shape.signature,
    dialect: input.shape.dialect,
    count: z.int().min(1).max(MAX_COUNT).default(1),
  }),
  facts: z.object({ deliveries: z.array(DeliveryFacts) }),
  async run(wanted, { call }) {
    const { ids } = await call("simulator.trigger", { ...wanted, via: "listener" });
    const deliveries = await Promise.all(ids.map((id) => call("deliveries.get", { id })));
    return {
      facts: { deliveries: deliveries.map(detailFacts) },
      captured: deliveryLines(deliveries.map((delivery) => ({ ...delivery, attempts: delivery.attempts.length }))),
    };
  },
});
