import type { App } from "../app-context.ts";
import { setView } from "../state/store.ts";
import { remToPx } from "../ui/rem-to-px.ts";
import { focusRegion } from "./regions.ts";

/** A row of the list, by its role and the id that the grid points at. */
const ROW = '[role="row"][id^="delivery-"]';
const ROW_ID_PREFIX = "delivery-";

/** Opens the menu of the delivery that was clicked, where it was clicked; false where no delivery is. */
export function openMenuAtPointer(app: App, event: { target: EventTarget | null; clientX: number; clientY: number }) {
  const row = event.target instanceof Element ? event.target.closest(ROW) : null;
  if (row === null) return false;
  setView(app.store, { selectedId: row.id.slice(ROW_ID_PREFIX.length) });
  // The menu gives the focus back to where it was: to the list, not to a row, which has no keys.
  focusRegion("list");
  setView(app.store, { menu: { x: event.clientX, y: event.clientY, isByKey: false } });
  return true;
}

/** Opens the menu of the selected delivery below its row. */
export function openMenuAtRow(app: App): void {
  const id = app.store.getState().view.selectedId;
  const row = id === null ? null : document.getElementById(`${ROW_ID_PREFIX}${id}`);
  if (row === null) return;
  const { left, bottom } = row.getBoundingClientRect();
  setView(app.store, { menu: { x: left + remToPx(0.75), y: bottom, isByKey: true } });
}

/** Opens the menu of the selected delivery below a button; a click without a pointer is one by key. */
export function openMenuBelow(app: App, button: Element, isByKey: boolean): void {
  const { left, bottom } = button.getBoundingClientRect();
  setView(app.store, { menu: { x: left, y: bottom, isByKey } });
}
