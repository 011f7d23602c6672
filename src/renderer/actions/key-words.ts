import { readPress } from "#shared/domain/keys.ts";

/** How keys read on a keyboard: `g g`, `Ctrl K`, `⌘ K`, `↓`. */
export function keyWords(keys: string, isApple = false): string {
  const names = isApple ? { ...KEY_NAMES, ...APPLE_NAMES } : KEY_NAMES;
  return keys
    .split(" ")
    .map((press) => {
      const { modifiers, key } = readPress(press);
      const shown = modifiers.filter((modifier) => modifier !== "[Shift]" && !isSaidByKey(modifiers, key));
      // Beside a modifier a letter is written as on the key itself.
      const letter = shown.length > 0 ? key.toUpperCase() : isSaidByKey(modifiers, key) ? key.toUpperCase() : key;
      return [...shown.map((modifier) => names[modifier] ?? modifier), names[key] ?? shortOf(key, letter)].join(" ");
    })
    .join(" ");
}

/** A capital letter says by itself that Shift is held. */
function isSaidByKey(modifiers: readonly string[], key: string): boolean {
  return modifiers.length === 1 && modifiers[0] === "Shift" && /^[a-z]$/i.test(key);
}

function shortOf(key: string, letter: string): string {
  return [...key].length === 1 ? letter : key;
}

/** As `aria-keyshortcuts` wants it; undefined for a sequence, which that attribute cannot say (WAI-ARIA 1.2, 6.6). */
export function ariaKeys(keys: string, isApple = false): string | undefined {
  if (keys.includes(" ")) return undefined;
  const { modifiers, key } = readPress(keys);
  const held = modifiers
    .filter((modifier) => modifier !== "[Shift]")
    .map((modifier) => (modifier === "$mod" ? (isApple ? "Meta" : "Control") : modifier));
  return [...held, key].join("+");
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Delete: "Del",
  PageDown: "Page ↓",
  PageUp: "Page ↑",
  ContextMenu: "Menu key",
  $mod: "Ctrl",
  Control: "Ctrl",
};

const APPLE_NAMES: Readonly<Record<string, string>> = {
  $mod: "⌘",
  Meta: "⌘",
  Control: "⌃",
  Alt: "⌥",
  Shift: "⇧",
};
