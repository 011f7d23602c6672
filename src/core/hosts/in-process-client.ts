import { createClient } from "#shared/contract/client.ts";
import type { Connection } from "#shared/contract/connection.ts";
import type { Client } from "#shared/contract/types.ts";
import type { EventBus } from "../event-bus.ts";
import type { Router } from "../router.ts";

/** The same as a connection, for a way out of the process that copies what it carries. It is there for as long as we are. */
export function createInProcessConnection({ router, events }: { router: Router; events: EventBus }): Connection {
  return {
    invoke: (name, input) => router.dispatch(name, input),
    subscribe: (listener) => events.subscribe(listener),
    onStatus(listener) {
      listener({ kind: "connected", resumed: false });
      return () => undefined;
    },
  };
}

/** The engine in the same process, behind the same door as everywhere: what a caller gets, it cannot change inside. */
export function createInProcessClient({ router, events }: { router: Router; events: EventBus }): Client {
  return createClient({
    invoke: async (name, input) => structuredClone(await router.dispatch(name, structuredClone(input))),
    subscribe: (listener) => events.subscribe(listener),
  });
}
