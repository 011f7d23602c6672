import { setView } from "../state/store.ts";
import type { Action } from "./action.ts";
import { PAUSE_ACTION } from "./pause-action.ts";

export const WINDOW_ACTIONS: readonly Action[] = [
  {
    id: "event.trigger",
    label: "Trigger event",
    keys: ["t"],
    hint: ["t", "trigger"],
    when: ({ mirror }) => mirror !== null,
    run: (app) => setView(app.store, { dialog: { kind: "trigger" } }),
  },
  PAUSE_ACTION,
  {
    id: "missed.show",
    label: "What did I miss in the last gap?",
    keys: ["m"],
    when: ({ mirror }) => mirror !== null && mirror.gaps.length > 0,
    run(app) {
      const gap = app.store.getState().mirror?.gaps[0];
      if (gap !== undefined) setView(app.store, { dialog: { kind: "missed", gap } });
    },
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
