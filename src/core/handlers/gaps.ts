import type { EventBus } from "../event-bus.ts";
import type { Handlers } from "../router.ts";
import type { Store } from "../store/store.ts";

export function gapHandlers({ store, events }: { store: Store; events: EventBus }): Pick<Handlers, "gaps.list"> {
  return {
    async "gaps.list"() {
      // Read before the gaps: one that begins or ends in between comes again as an event.
      const { seq } = events;
      return { gaps: await store.gaps(), seq };
    },
  };
}
