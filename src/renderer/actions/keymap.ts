import { tinykeys } from "tinykeys";
import type { Keymap } from "#shared/domain/keymap.ts";
import { isSingleKeys, readPress } from "#shared/domain/keys.ts";
import type { App } from "../app-context.ts";
import type { Action } from "./action.ts";
import { isPageKey } from "./change-keys.ts";
import { keymapOf } from "./keys-in-force.ts";
import { isListFocused } from "./regions.ts";

/** What may be typed into, or has keys of its own. Into a box to tick nothing is typed. */
const HAS_OWN_KEYS =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=dialog], [role=menu]";

/** With Ctrl or Cmd these edit the text of a field. */
const EDITING = new Set(["a", "c", "v", "x", "y", "z", "Backspace", "Delete", "Home", "End"]);

/** Binds the keys in force to the window, and those in force after a change of settings; returns how to unbind them. */
export function followKeys(window: Window, actions: readonly Action[], app: App): () => void {
  let bound: Keymap | null = null;
  let unbind = (): void => undefined;
  const follow = (): void => {
    const keymap = keymapOf(app.store.getState());
    if (keymap === bound) return;
    bound = keymap;
    unbind();
    unbind = bindKeys(window, actions, keymap, app);
  };
  follow();
  const unsubscribe = app.store.subscribe(follow);
  return () => {
    unsubscribe();
    unbind();
  };
}

function bindKeys(window: Window, actions: readonly Action[], keymap: Keymap, app: App): () => void {
  const pairs = actions.flatMap((action) => (keymap.get(action.id) ?? []).map((keys) => ({ action, keys })));
  // Sequences first: the second press of `g c` must not be taken for `c` alone.
  pairs.sort((a, b) => b.keys.split(" ").length - a.keys.split(" ").length);
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const { action, keys } of pairs) bindings[keys] = (event) => press(action, keys, event, app);
  // Which events count is decided by `press`, for every kind of element alike.
  return tinykeys(window, bindings, { ignore: (event) => event.isComposing });
}

function press(action: Action, keys: string, event: KeyboardEvent, app: App): void {
  if (event.defaultPrevented || !isActive(action, keys, event.target, app)) return;
  event.preventDefault();
  action.run(app);
}

/** False while the user types or a dialog is open, where the action makes no sense, and outside its scope. */
function isActive(action: Action, keys: string, target: EventTarget | null, app: App): boolean {
  const state = app.store.getState();
  if (state.view.dialog !== null) return false;
  if (target instanceof Element && target.closest(HAS_OWN_KEYS) !== null && !isForFields(keys)) return false;
  if ((action.scope === "list" || isPageKey(keys)) && !isListFocused()) return false;
  return action.when?.(state) ?? true;
}

/** Function keys and keys with Ctrl or Cmd write nothing, so they work in a field as well, but for those that edit. */
export function isForFields(keys: string): boolean {
  if (isSingleKeys(keys)) return false;
  return keys.split(" ").every((one) => {
    const { modifiers, key } = readPress(one);
    if (/^F\d+$/.test(key)) return true;
    const isCommand = modifiers.some((modifier) => modifier === "$mod" || modifier === "Meta");
    // On Windows AltGr, which writes, shows as Ctrl and Alt.
    return isCommand && !modifiers.includes("Alt") && !EDITING.has(key) && !key.startsWith("Arrow");
  });
}
