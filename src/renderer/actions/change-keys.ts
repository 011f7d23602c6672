import type { Keymap } from "#shared/domain/keymap.ts";
import { isClash, isSingleKeys, type KeyOverrides, readPress } from "#shared/domain/keys.ts";
import type { Action } from "./action.ts";

/** A change of one action's keys: `replaced` goes, `added` comes in its place or at the end. */
export interface KeyChange {
  readonly id: string;
  readonly replaced: string | null;
  readonly added: string | null;
}

/** The actions that would lose a key to `keys`, because both cannot be in force at once. */
export function clashesWith(
  actions: readonly Action[],
  keymap: Keymap,
  id: string,
  keys: string,
): readonly { readonly action: Action; readonly keys: string }[] {
  return actions.flatMap((action) => {
    const lost = action.id === id ? undefined : keymap.get(action.id)?.find((other) => isClash(other, keys));
    return lost === undefined ? [] : [{ action, keys: lost }];
  });
}

/** What is to be saved after a change: what other actions lose is written down, so that nothing is taken in silence. */
export function withChange(
  overrides: KeyOverrides,
  actions: readonly Action[],
  keymap: Keymap,
  change: KeyChange,
): KeyOverrides {
  const { id, replaced, added } = change;
  const own = keymap.get(id) ?? [];
  const kept = replaced === null ? own : own.filter((keys) => keys !== replaced);
  const place = replaced === null ? kept.length : own.indexOf(replaced);
  const next = added === null || kept.includes(added) ? kept : kept.toSpliced(place, 0, added);
  const losers =
    added === null
      ? []
      : clashesWith(actions, keymap, id, added).map(({ action }) => [
          action.id,
          (keymap.get(action.id) ?? []).filter((keys) => !isClash(keys, added)),
        ]);
  return { ...overrides, ...Object.fromEntries(losers), [id]: [...next] };
}

/** The overrides without that of one action, which then has its own keys again, as far as they are free. */
export function withoutChange(overrides: KeyOverrides, id: string): KeyOverrides {
  return Object.fromEntries(Object.entries(overrides).filter(([other]) => other !== id));
}

/** What else these keys do, in words; null where they are free for the app. */
export function takenWords(keys: string, isApple: boolean): string | null {
  for (const press of keys.split(" ")) {
    const { modifiers, key } = readPress(press);
    const held = modifiers.filter((modifier) => modifier !== "[Shift]");
    const isOnly = (modifier: string): boolean => held.length === 1 && held[0] === modifier;
    if (held.includes("Meta") || (held.includes("Alt") && ["F4", "Tab"].includes(key)) || key === "Tab") {
      return "The system keeps this for itself, so it may never get here.";
    }
    if (isApple && isOnly("$mod") && /^[qhm]$/i.test(key)) return "macOS keeps this for itself, so it never gets here.";
    if (held.includes("$mod") && /^[twn]$/i.test(key))
      return "Browsers keep this for themselves; it works in the desktop app.";
    if (isOnly("$mod") && /^[acvxyz]$/i.test(key)) return "In a field this goes on editing the text.";
    if ((isOnly("$mod") && /^[rlpsdfgoj0+-]$/i.test(key)) || (held.length === 0 && /^F(?:1|3|5|7|11|12)$/.test(key))) {
      return "The browser uses this as well; here the app goes first.";
    }
  }
  return isPageKey(keys) ? "It also scrolls or presses buttons, so it works only while the list has the focus." : null;
}

/** Keys that every page needs where there is something to scroll, to press or to leave. */
export function isPageKey(keys: string): boolean {
  return !isSingleKeys(keys) && PAGE_KEYS.has(keys);
}

const PAGE_KEYS = new Set([
  "Enter",
  "Space",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "PageUp",
  "PageDown",
  "Home",
  "End",
]);
