import type { EventBus } from "../event-bus.ts";
import { createImporting } from "../importing.ts";
import type { Clock } from "../lib/clock.ts";
import { stripInstallPrefix } from "../registration/registration.ts";
import type { Handlers } from "../router.ts";
import type { Secrets } from "../secrets/secrets.ts";
import type { Store } from "../store/store.ts";

export function importHandlers(deps: {
  store: Store;
  secrets: Secrets;
  events: EventBus;
  clock: Clock;
  installId: string;
}): Pick<Handlers, "import.read"> {
  const { store, secrets, events, clock, installId } = deps;
  const importing = createImporting({
    ...{ store, secrets, clock },
    publish: (summary) => events.publish("delivery.received", summary),
    toPath: (path) => stripInstallPrefix(path, installId),
  });
  return { "import.read": ({ format, text }) => importing.read(format, text) };
}
