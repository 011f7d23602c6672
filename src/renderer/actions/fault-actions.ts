import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";
import { setView } from "../state/store.ts";
import { type Action, isLoaded } from "./action.ts";
import { keepFocus } from "./regions.ts";

/** What goes wrong on purpose with deliveries that are forwarded as they come. */
export const FAULT_ACTIONS: readonly Action[] = [
  {
    id: "fault.set",
    label: "Put a fault into forwards…",
    keys: [],
    keywords: "chaos duplicate reorder delay drop lose truncate corrupt secret slow burst test",
    when: isLoaded,
    run: (app) => setView(app.store, { area: "forwarding", section: "faults" }),
  },
  {
    id: "fault.stop",
    needsEngine: true,
    label: "Stop the fault",
    keys: [],
    keywords: "chaos end clear forwards",
    when: hasFault,
    run: (app) => app.attempt(() => stopFault(app)),
  },
];

function hasFault({ mirror }: AppState): boolean {
  return mirror !== null && mirror.faults !== null;
}

export async function stopFault(app: App): Promise<void> {
  await app.client.call("faults.clear", {});
  // What offered it goes with it.
  keepFocus();
}
