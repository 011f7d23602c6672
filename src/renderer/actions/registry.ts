import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";
import { type Action, type ActionGroup, GROUPS } from "./action.ts";
import { COMPARE_ACTIONS } from "./compare-actions.ts";
import { CONNECTION_ACTIONS } from "./connection-actions.ts";
import { DELIVERY_ACTIONS } from "./delivery-actions.ts";
import { EXPORT_ACTIONS } from "./export-actions.ts";
import { FAULT_ACTIONS } from "./fault-actions.ts";
import { GO_ACTIONS } from "./go-actions.ts";
import { HELD_ACTIONS, HOLD_ACTIONS } from "./hold-actions.ts";
import { LIST_ACTIONS } from "./list-actions.ts";
import { MARK_ACTIONS } from "./mark-actions.ts";
import { NAVIGATION_ACTIONS } from "./navigation-actions.ts";
import { RUN_ACTIONS } from "./run-actions.ts";
import { SIMULATOR_ACTIONS } from "./simulator-actions.ts";
import { TIMELINE_ACTIONS } from "./timeline-actions.ts";
import { WINDOW_ACTIONS } from "./window-actions.ts";

/** An action with the group it is shown in. */
export type GroupedAction = Action & { readonly group: ActionGroup };

/** All that can be done, in the order of the footer; a new list of actions is added here. */
export const ACTIONS: readonly GroupedAction[] = [
  ...grouped("Moving about", [...LIST_ACTIONS, ...NAVIGATION_ACTIONS]),
  ...grouped("Delivery", [
    ...DELIVERY_ACTIONS,
    ...EXPORT_ACTIONS,
    ...HELD_ACTIONS,
    ...COMPARE_ACTIONS,
    ...TIMELINE_ACTIONS,
  ]),
  ...grouped("List", [...MARK_ACTIONS, ...RUN_ACTIONS, ...HOLD_ACTIONS]),
  ...grouped("Window", [...WINDOW_ACTIONS, ...SIMULATOR_ACTIONS]),
  ...grouped("Connection", [...CONNECTION_ACTIONS, ...FAULT_ACTIONS]),
  ...grouped("Go to", GO_ACTIONS),
];

/** The same, group by group. */
export const ACTION_GROUPS: readonly { readonly title: ActionGroup; readonly actions: readonly GroupedAction[] }[] =
  GROUPS.map((title) => ({ title, actions: ACTIONS.filter(({ group }) => group === title) }));

function grouped(group: ActionGroup, actions: readonly Action[]): readonly GroupedAction[] {
  return actions.map((action) => ({ group, ...action }));
}

export function findAction(id: string): GroupedAction | undefined {
  return ACTIONS.find((candidate) => candidate.id === id);
}

/** Whether its buttons are off while the engine is gone. */
export function needsEngine(id: string): boolean {
  return findAction(id)?.needsEngine === true;
}

/** True where an action makes sense: for a button that is only there then. */
export function isPossible(id: string, state: AppState): boolean {
  return ACTIONS.some((action) => action.id === id && (action.when?.(state) ?? true));
}

/** Runs an action by its id, for a button that does the same as a key. */
export function runAction(app: App, id: string): void {
  const action = findAction(id);
  if (action === undefined) throw new Error(`There is no action ${id}.`);
  action.run(app);
}
