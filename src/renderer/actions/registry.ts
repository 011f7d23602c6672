import type { App } from "../app-context.ts";
import type { Action } from "./action.ts";
import { COMPARE_ACTIONS } from "./compare-actions.ts";
import { DELIVERY_ACTIONS } from "./delivery-actions.ts";
import { NAVIGATION_ACTIONS } from "./navigation-actions.ts";
import { TIMELINE_ACTIONS } from "./timeline-actions.ts";
import { WINDOW_ACTIONS } from "./window-actions.ts";

/** All that can be done by key, in the groups of the shortcut sheet. */
export const ACTION_GROUPS: readonly { readonly title: string; readonly actions: readonly Action[] }[] = [
  { title: "Delivery", actions: [...DELIVERY_ACTIONS, ...COMPARE_ACTIONS, ...TIMELINE_ACTIONS] },
  { title: "Window", actions: WINDOW_ACTIONS },
  { title: "Moving about", actions: NAVIGATION_ACTIONS },
];

/** The same, in the order of the footer. */
export const ACTIONS: readonly Action[] = [
  ...NAVIGATION_ACTIONS,
  ...DELIVERY_ACTIONS,
  ...COMPARE_ACTIONS,
  ...TIMELINE_ACTIONS,
  ...WINDOW_ACTIONS,
];

/** Runs an action by its id, for a button that does the same as a key. */
export function runAction(app: App, id: string): void {
  const action = ACTIONS.find((candidate) => candidate.id === id);
  if (action === undefined) throw new Error(`There is no action ${id}.`);
  action.run(app);
}
