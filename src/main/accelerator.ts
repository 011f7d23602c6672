import { isSingleKeys, readPress } from "#shared/domain/keys.ts";

/** Keys that Electron names otherwise than the web (docs, api/accelerator). */
const NAMES: Readonly<Record<string, string>> = {
  $mod: "CommandOrControl",
  ArrowUp: "Up",
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  Escape: "Esc",
  "+": "Plus",
};

/** The keys Electron knows besides single signs and F1 to F24; a name it does not know makes it throw. */
const KNOWN =
  /^(?:F(?:[1-9]|1\d|2[0-4])|Up|Down|Left|Right|Home|End|PageUp|PageDown|Esc|Enter|Tab|Space|Backspace|Delete|Insert|Plus)$/;

/**
 * Keys of the page as a menu shows them; null where it cannot: sequences, signs outside ASCII, and on macOS single keys,
 * which its menus would take away from whoever types (`registerAccelerator` is for Linux and Windows only).
 */
export function toAccelerator(keys: string | undefined, isMac: boolean): string | null {
  if (keys === undefined || keys.includes(" ")) return null;
  const { modifiers, key } = readPress(keys);
  const name = NAMES[key] ?? key;
  const isKnown = KNOWN.test(name) || /^[\x21-\x7e]$/.test(name);
  if (!isKnown || (isMac && (isSingleKeys(keys) || isBare(modifiers)))) return null;
  const held = modifiers.filter((modifier) => modifier !== "[Shift]").map((modifier) => NAMES[modifier] ?? modifier);
  return [...held, name.length === 1 ? name.toUpperCase() : name].join("+");
}

/** Delete and the like, which edit what is typed. */
function isBare(modifiers: readonly string[]): boolean {
  return modifiers.every((modifier) => modifier === "[Shift]" || modifier === "Shift");
}
