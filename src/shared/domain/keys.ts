import * as z from "zod";

/**
 * Keys of an action, as tinykeys reads them: presses with spaces between, each `Modifier+Modifier+Key`. `$mod` is Cmd on
 * Apple's keyboards and Ctrl elsewhere; a modifier in brackets may be held or not.
 */
const PRESS = new RegExp(
  [
    "^",
    String.raw`(?:(?:\$mod|Control|Alt|Shift|Meta|\[Shift\])\+){0,4}`,
    // One visible sign, or a key's name: nothing that tinykeys would take for a pattern.
    String.raw`(?:[^\s\p{C}\p{M}\p{Z}]|[A-Z][A-Za-z0-9]{1,24})`,
    "$",
  ].join(""),
  "u",
);
export const MAX_PRESSES = 2;
const MAX_KEYS_PER_ACTION = 4;
const MAX_ACTIONS = 200;

const Keys = z
  .string()
  .max(80)
  .refine((text) => isKeys(text), { error: "Write keys like r, $mod+k or g g." });

/** What the user chose instead of an action's own keys, by the action's id; an empty list leaves it without any. */
export const KeyOverrides = z
  .record(z.string().regex(/^[a-z][A-Za-z]{0,30}\.[A-Za-z-]{1,40}$/), z.array(Keys).max(MAX_KEYS_PER_ACTION))
  .refine((overrides) => Object.keys(overrides).length <= MAX_ACTIONS, { error: "These are too many actions." });
export type KeyOverrides = z.infer<typeof KeyOverrides>;

/** The settings that decide which keys are in force. */
export interface KeySettings {
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** False: what is a single sign, such as `r` or `g g`, does nothing (WCAG 2.2, 2.1.4). */
  readonly singleKeys: boolean;
}

export function isKeys(text: string): boolean {
  const presses = text.split(" ");
  return presses.length <= MAX_PRESSES && presses.every((press) => PRESS.test(press));
}

/** Whether these keys write: signs alone, with at most Shift held. */
export function isSingleKeys(keys: string): boolean {
  return keys.split(" ").every((press) => {
    const { modifiers, key } = readPress(press);
    return [...key].length === 1 && modifiers.every((modifier) => modifier === "Shift" || modifier === "[Shift]");
  });
}

/** Whether both cannot be in force at once: they are the same, or one begins the other. */
export function isClash(a: string, b: string): boolean {
  const [one, other] = [toPlain(a), toPlain(b)];
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

/** One press in its parts. The key itself may be a plus sign. */
export function readPress(press: string): { readonly modifiers: readonly string[]; readonly key: string } {
  const parts = press.split(/(?<=\w|\])\+/);
  const key = parts.pop() ?? "";
  return { modifiers: parts, key };
}

/** The same for what the same keys press, however it is written. */
function toPlain(keys: string): string {
  return keys
    .split(" ")
    .map((press) => {
      const { modifiers, key } = readPress(press);
      const held = modifiers.filter((modifier) => modifier !== "[Shift]").sort();
      return [...held, [...key].length === 1 ? key.toLowerCase() : key].join("+");
    })
    .join(" ");
}
