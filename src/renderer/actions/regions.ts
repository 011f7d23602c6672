import type { Area } from "../state/hash.ts";

/** The window's regions in the order F6 goes through them; each is marked with `data-region` where it takes the focus. */
const REGION = "[data-region]";

/** Moves the focus to the next region on screen, or the previous one. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGION)].filter((region) => region.checkVisibility());
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const next = current === -1 ? 0 : (current + step + regions.length) % regions.length;
  regions[next]?.focus();
}

export function focusRegion(name: "list" | "detail" | "filter"): void {
  // At once where it is there: what is typed next belongs to it.
  if (focusIfSeen(name)) return;
  // An empty list is no region, and the detail may only just be on its way to the screen where it covers the list. Until
  // then the focus must at least leave the field it is in, or that takes what is typed next.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  requestAnimationFrame(() => focusIfSeen(name));
}

/** Gives the focus to what an area is about, where the control that had it is gone. */
export function focusArea(area: Area): void {
  if (area === "deliveries") focusRegion("list");
  else focusIfSeen(area);
}

/** Gives the focus to what is open above the window; false where nothing is. */
export function focusDialog(): boolean {
  const dialog = document.querySelector<HTMLElement>("[role=dialog]");
  dialog?.focus();
  return dialog !== null;
}

/**
 * Once what had the focus is gone and nothing else took it, the list gets it, or the detail where that covers the list, or
 * the area that is shown instead of both.
 */
export function keepFocus(): void {
  requestAnimationFrame(() => {
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body) return;
    if (!focusIfSeen("list")) document.querySelector<HTMLElement>("main[data-region]")?.focus();
  });
}

function focusIfSeen(name: string): boolean {
  const region = document.querySelector<HTMLElement>(`[data-region="${name}"]`);
  if (region?.checkVisibility() !== true) return false;
  region.focus();
  return true;
}

/** Half a second: an area that takes longer must not pull the focus away from where the user went on to. */
const FRAMES_TO_WAIT = 30;

/** Moves the focus into the area that was just gone to. It is drawn only then, and may first have to be fetched. */
export function focusAreaWhenThere(area: Area, frames = FRAMES_TO_WAIT): void {
  requestAnimationFrame(() => {
    const isThere = focusIfSeen(area === "deliveries" ? "list" : area);
    if (!isThere && frames > 0) focusAreaWhenThere(area, frames - 1);
  });
}

/** The same where a control led there that went with the area it stood in; what has taken the focus meanwhile keeps it. */
export function keepFocusInArea(area: Area, frames = FRAMES_TO_WAIT): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const isThere = area === "deliveries" ? focusIfSeen("list") || focusIfSeen("detail") : focusIfSeen(area);
    if (!isThere && frames > 0) keepFocusInArea(area, frames - 1);
  });
}

/** Moves the focus to the newest message's first button: its action, or what dismisses it. */
export function focusMessage(): void {
  const message = [...document.querySelectorAll("[data-messages] li")].at(-1);
  message?.querySelector<HTMLElement>("button")?.focus();
}

/** True while the list has the focus, or nothing has. */
export function isListFocused(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || isRegion(activeElement, "list");
}

function isRegion(element: Element, name: string): boolean {
  return element.getAttribute("data-region") === name;
}
