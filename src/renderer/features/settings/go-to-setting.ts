import type { App } from "../../app-context.ts";
import { setView } from "../../state/store.ts";

const CONTROL = ":is(input, select, textarea, button, summary):not(:disabled)";
/** Above what was gone to. */
const GAP_PX = 16;

/** The id of a setting's row, which also stands in the address. */
export function settingAnchor(id: string): string {
  return `setting-${id}`;
}

/** Goes to one setting and gives its control the focus. */
export function goToSetting(app: App, id: string): void {
  const section = settingAnchor(id);
  setView(app.store, { area: "settings", section });
  // Where the address says so already; where the area is yet to come, it looks there.
  focusSetting(section);
}

/** Brings a row into sight, and the focus to its control; to the row itself where there is nothing to change. */
export function focusSetting(anchor: string): void {
  const row = document.getElementById(anchor);
  if (row === null) return;
  for (const details of row.querySelectorAll("details")) details.open = true;
  bringToTop(row);
  focusControl(row);
}

/** Gives the focus to the control in a row, and leaves the page where it stands. */
export function focusControl(row: HTMLElement): void {
  const control = row.querySelector<HTMLElement>("input:checked:enabled") ?? row.querySelector<HTMLElement>(CONTROL);
  if (control === null) row.tabIndex = -1;
  (control ?? row).focus({ preventScroll: true });
}

/** Scrolls the settings alone: scrollIntoView would move the window as well. Returns where they stand then. */
export function bringToTop(element: HTMLElement): number {
  const scroller = element.closest("main");
  if (scroller === null) return 0;
  scroller.scrollTop += element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - GAP_PX;
  return scroller.scrollTop;
}
