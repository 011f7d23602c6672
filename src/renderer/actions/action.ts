import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";

/** Something the user can do: named once, for keys, footer and shortcut sheet alike. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** In tinykeys' form; the first one is shown. */
  readonly keys: readonly string[];
  /** list: only while the list (or nothing) has the focus, because elsewhere these keys scroll or press buttons. */
  readonly scope?: "list";
  /** How the footer puts it, for what it has room for: keys and a word. */
  readonly hint?: readonly [keys: string, word: string];
  readonly when?: (state: AppState) => boolean;
  readonly run: (app: App) => void;
}

export function hasSelection({ view }: AppState): boolean {
  return view.area === "deliveries" && view.selectedId !== null;
}

export function isInDeliveries({ view }: AppState): boolean {
  return view.area === "deliveries";
}

/** How a key reads on a keyboard: `g g`, `Ctrl K`, `↓`. */
export function keyWords(keys: string): string {
  return keys
    .split(" ")
    .map((press) => {
      // A capital letter and a sign above a digit say by themselves that Shift is held.
      const parts = press.replace(/^(?:\[Shift\]|Shift)\+(?=[A-Z?]$)/, "").split("+");
      return parts.map((part) => KEY_NAMES[part] ?? part).join(" ");
    })
    .join(" ");
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  Escape: "Esc",
  Delete: "Del",
  $mod: "Ctrl",
};
