import { setView } from "../state/store.ts";
import type { Action } from "./action.ts";

export const WINDOW_ACTIONS: readonly Action[] = [
  {
    id: "event.trigger",
    label: "Trigger event",
    keys: ["t"],
    hint: ["t", "trigger"],
    when: ({ mirror }) => mirror !== null,
    run: (app) => setView(app.store, { dialog: { kind: "trigger" } }),
  },
  {
    id: "settings.open",
    label: "Settings",
    keys: ["$mod+,"],
    run: (app) => setView(app.store, { area: "settings" }),
  },
  {
    id: "shortcuts.show",
    label: "All keys",
    keys: ["[Shift]+?"],
    hint: ["?", "all keys"],
    run: (app) => setView(app.store, { dialog: { kind: "shortcuts" } }),
  },
];
