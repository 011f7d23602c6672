import type { Tool } from "./tool.ts";
import { compareDeliveries } from "./tools/compare-deliveries.ts";
import { explainSignature } from "./tools/explain-signature.ts";
import { getDelivery } from "./tools/get-delivery.ts";
import { getStatus } from "./tools/get-status.ts";
import { listDeliveries } from "./tools/list-deliveries.ts";
import { readBody } from "./tools/read-body.ts";
import { replayDelivery } from "./tools/replay-delivery.ts";
import { triggerEvent } from "./tools/trigger-event.ts";
import { waitForDelivery } from "./tools/wait-for-delivery.ts";

/** All that agents can do, in the order in which they are shown it. */
export const TOOLS: readonly Tool[] = [
  getStatus,
  listDeliveries,
  getDelivery,
  readBody,
  explainSignature,
  waitForDelivery,
  compareDeliveries,
  replayDelivery,
  triggerEvent,
];
