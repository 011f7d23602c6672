import { tinykeys } from "tinykeys";
import type { App } from "../app-context.ts";
import type { Action } from "./action.ts";
import { isListFocused } from "./regions.ts";

/** What may be typed into, or has keys of its own. */
const HAS_OWN_KEYS = "input, textarea, select, [contenteditable], [role=dialog], [role=menu]";

/** Binds the keys of `actions` to the window; returns how to unbind them. */
export function bindKeys(window: Window, actions: readonly Action[], app: App): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const action of actions) {
    for (const keys of action.keys) bindings[keys] = (event) => press(action, event, app);
  }
  // Which events count is decided by `press`, for every kind of element alike.
  return tinykeys(window, bindings, { ignore: (event) => event.isComposing });
}

function press(action: Action, event: KeyboardEvent, app: App): void {
  if (event.defaultPrevented || !isActive(action, event.target, app)) return;
  event.preventDefault();
  action.run(app);
}

/** False while the user types or a dialog is open, where the action makes no sense, and outside its scope. */
function isActive(action: Action, target: EventTarget | null, app: App): boolean {
  const state = app.store.getState();
  if (state.view.dialog !== null) return false;
  if (target instanceof Element && target.closest(HAS_OWN_KEYS) !== null && !isForEverywhere(action)) return false;
  if (action.scope === "list" && !isListFocused()) return false;
  return action.when?.(state) ?? true;
}

/** Function keys and keys with Ctrl write nothing, so they work in a field as well. */
function isForEverywhere(action: Action): boolean {
  return action.keys.every((keys) => /^(?:Shift\+)?F\d+$|\$mod\+/.test(keys));
}
