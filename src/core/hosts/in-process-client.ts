import { createClient } from "#shared/contract/client.ts";
import type { Client } from "#shared/contract/types.ts";
import type { EventBus } from "../event-bus.ts";
import type { Router } from "../router.ts";

/** The engine in the same process, behind the same door as everywhere: what a caller gets, it cannot change inside. */
export function createInProcessClient({ router, events }: { router: Router; events: EventBus }): Client {
  return createClient({
    invoke: async (name, input) => structuredClone(await router.dispatch(name, structuredClone(input))),
    subscribe: (listener) => events.subscribe(listener),
  });
}
