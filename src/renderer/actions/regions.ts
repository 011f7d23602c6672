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

function focusIfSeen(name: string): boolean {
  const region = document.querySelector<HTMLElement>(`[data-region="${name}"]`);
  if (region?.checkVisibility() !== true) return false;
  region.focus();
  return true;
}

/** True while the list has the focus, or nothing has. */
export function isListFocused(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || isRegion(activeElement, "list");
}

function isRegion(element: Element, name: string): boolean {
  return element.getAttribute("data-region") === name;
}
