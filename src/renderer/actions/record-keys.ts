import { isKeys } from "#shared/domain/keys.ts";

/** What of a KeyboardEvent says which keys were pressed. */
export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  /** The third level of a keyboard, which tinykeys takes for Alt. */
  readonly isAltGraph: boolean;
}

/** Keys that are held while another is pressed, and what is no key at all yet. */
const NOT_YET = new Set([
  "Dead",
  "Process",
  "Unidentified",
  "AltGraph",
  "CapsLock",
  "NumLock",
  "Fn",
  "FnLock",
  "Hyper",
]);
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta"]);

/** The press as tinykeys writes it, or null where none can be made of it (yet): a modifier alone, a dead key. */
export function toPress({ key, ctrlKey, altKey, shiftKey, metaKey, isAltGraph }: KeyStroke, isApple: boolean) {
  if (MODIFIERS.has(key) || NOT_YET.has(key)) return null;
  const command = isApple ? metaKey : ctrlKey;
  const modifiers = [
    command && "$mod",
    isApple && ctrlKey && "Control",
    (altKey || isAltGraph) && "Alt",
    !isApple && metaKey && "Meta",
    shiftKey && shiftFor(key),
  ].filter((modifier) => modifier !== false);
  const press = [...modifiers, nameOf(key, shiftKey)].join("+");
  return isKeys(press) ? press : null;
}

/** A sign may stand above another on one keyboard and have a key of its own on the next. */
function shiftFor(key: string): string {
  return [...key].length === 1 && !isLetter(key) && key !== " " ? "[Shift]" : "Shift";
}

function nameOf(key: string, isShifted: boolean): string {
  if (key === " ") return "Space";
  if (!isLetter(key)) return key;
  return isShifted ? key.toUpperCase() : key.toLowerCase();
}

function isLetter(key: string): boolean {
  return [...key].length === 1 && key.toLowerCase() !== key.toUpperCase();
}
