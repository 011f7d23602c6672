import type { App } from "../app-context.ts";
import { findAction } from "./registry.ts";

/**
 * Runs what was chosen in the desktop's menu, which offers everything at any time: where it makes no sense it says so
 * instead. While a dialog is open, only that counts.
 */
export function runFromMenu(app: App, id: string): void {
  const action = findAction(id);
  const state = app.store.getState();
  if (action === undefined || state.view.dialog !== null) return;
  if (action.when?.(state) ?? true) action.run(app);
  else app.toast(`“${action.label}” cannot be done right now.`);
}
