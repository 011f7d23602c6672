import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";

/** The groups of palette and shortcut sheet, in their order. */
export const GROUPS = ["Delivery", "List", "Connection", "Go to", "Window", "Moving about"] as const;
export type ActionGroup = (typeof GROUPS)[number];

/** Something the user can do: named once, for keys, palette, menus, footer and shortcut sheet alike. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** In tinykeys' form, as long as the user has not chosen others; the first one is shown. */
  readonly keys: readonly string[];
  /** Without one, the group of the list it stands in. */
  readonly group?: ActionGroup;
  /** How it reads where the state decides what it does: "Unpin delivery". */
  readonly labelNow?: (state: AppState) => string;
  /** Other words people may look for it by. */
  readonly keywords?: string;
  /** It destroys something; shown as such and set apart in menus. */
  readonly isDangerous?: true;
  /** It moves about by key; as an entry of a palette it would be noise. */
  readonly isKeyOnly?: true;
  /** list: only while the list (or nothing) has the focus, because elsewhere these keys scroll or press buttons. */
  readonly scope?: "list";
  /** How the footer puts it, for what it has room for. The keys stand for themselves only until they are changed. */
  readonly hint?: readonly [keys: string, word: string];
  /** What it does, the engine does: while that is gone, its buttons are off and say why. */
  readonly needsEngine?: true;
  readonly when?: (state: AppState) => boolean;
  readonly run: (app: App) => void;
  /** What the palette asks next, instead of running it. */
  readonly choices?: (state: AppState) => readonly ActionChoice[];
}

export interface ActionChoice {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly run: (app: App) => void;
}

export function hasSelection({ view }: AppState): boolean {
  return view.area === "deliveries" && view.selectedId !== null;
}

/** Something is selected or marked, for what can be done with many. */
export function hasTargets({ view }: AppState): boolean {
  return view.area === "deliveries" && (view.selectedId !== null || view.markedIds.size > 0);
}

export function isInDeliveries({ view }: AppState): boolean {
  return view.area === "deliveries";
}

/** True while the page knows its engine; most actions need it. */
export function isLoaded({ mirror }: AppState): boolean {
  return mirror !== null;
}
