import type { ApiAccess } from "./api-access.ts";
import type { EventBus } from "./event-bus.ts";
import { createGaps, type Gaps } from "./gaps/gaps.ts";
import type { Clock } from "./lib/clock.ts";
import type { Log } from "./lib/log.ts";
import type { Store } from "./store/store.ts";

/** The gaps of this data folder: kept in the store, told to all clients. */
export function recordGaps(deps: {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly api: ApiAccess;
  readonly events: EventBus;
  /** The registration's note of webhooks that are still at api.video. */
  leftWebhooks(): Promise<unknown>;
}): Gaps {
  const { clock, log, store, api, events } = deps;
  return createGaps({
    clock,
    log,
    addGap: store.addGap,
    endGap: store.endGap,
    gaps: store.gaps,
    recall: async () => JSON.parse((await store.readState("path")) ?? "null"),
    remember: (note) => store.writeState("path", JSON.stringify(note)),
    async isWebhookLeft() {
      const left = await deps.leftWebhooks();
      // The simulator inside this process ends with it, and its webhooks as well.
      return Array.isArray(left) && left.length > 0 && api.state().environment !== "simulator";
    },
    onChange: (gap) => events.publish("gap.changed", gap),
  });
}
