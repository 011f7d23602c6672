// biome-ignore lint/performance/noBarrelFile: the one door of the package.
export { InspectorError } from "./inspector-error.ts";
export { startInspector } from "./start-inspector.ts";
export type {
  Attempt,
  Delivery,
  DeliveryDetail,
  Inspector,
  InspectorOptions,
  Json,
  ReplayOptions,
  TriggerOptions,
  WaitOptions,
} from "./types.ts";
