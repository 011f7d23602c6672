import type { CommandOutput } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { DeliveryList } from "./app-state.ts";

export type ListPage = CommandOutput<"deliveries.list">;

/** Beyond this the window lets go of what is farthest from sight, and this many it keeps. */
const MAX_ROWS = 1_200;
const KEPT_ROWS = 800;

/** How many match that are older than the window's last. */
export function olderCount({ total, newer, items }: DeliveryList): number {
  return Math.max(0, total - newer - items.length);
}

/** A window on `page`, instead of `now`, as of when the engine answered. */
export function windowOn(page: ListPage, query: string, now: DeliveryList | null): DeliveryList {
  const { items, newer, before, total } = page;
  const arrivals = (now?.arrivals ?? 0) + arrivedBetween(now, page, query);
  return { query, items, newer, before, total, arrivals };
}

/** A page without its newest where the list stands still: the `waiting` newest of all are counted and not shown. */
export function withoutWaiting(page: ListPage, waiting: number): ListPage {
  const newer = page.newer - waiting;
  return {
    ...page,
    items: newer < 0 ? page.items.slice(-newer) : page.items,
    newer: Math.max(0, newer),
    total: page.total - waiting,
  };
}

/** How many of those that `page` counts came since the list was stopped. */
export function waitingIn(page: ListPage, list: DeliveryList | null): number {
  return list?.paused === undefined ? 0 : Math.max(0, page.total - list.total);
}

/** Events say nothing of a filtered list's arrivals: they show by how much a delivery of both moved down. */
export function arrivedBetween(now: DeliveryList | null, { items, newer }: ListPage, query: string): number {
  if (now === null || now.query !== query) return 0;
  const places = new Map(now.items.map(({ id }, index) => [id, now.newer + index]));
  const shared = items.findIndex(({ id }) => places.has(id));
  const before = places.get(items[shared]?.id ?? "");
  return before === undefined ? 0 : Math.max(0, newer + shared - before);
}

/** The window with an older page after it; what a page brings that is there already stays where it is. */
export function withOlder(list: DeliveryList, page: ListPage): DeliveryList {
  const items = [...list.items, ...without(page.items, list.items)];
  return { ...list, items, before: page.before, total: page.total - waitingIn(page, list) };
}

/** The window with a newer page before it; `missed` arrived since the page was asked for and may not be in it. */
export function withNewer(list: DeliveryList, page: ListPage, missed: number): DeliveryList {
  const { items, newer, total } = withoutWaiting(page, waitingIn(page, list));
  const above = without(items, list.items);
  // One that stands still counts nothing as arrived.
  return { ...list, items: [...above, ...list.items], newer: (items.length === 0 ? 0 : newer) + missed, total };
}

/** A list whose window has grown too large, around what is in sight: `centreId`, or the top. */
export function trimWindow(list: DeliveryList, centreId: string | null): DeliveryList {
  const { items } = list;
  if (items.length <= MAX_ROWS) return list;
  const centre = centreId === null ? 0 : Math.max(0, indexOf(items, centreId));
  const start = Math.min(Math.max(0, centre - KEPT_ROWS / 2), items.length - KEPT_ROWS);
  const kept = items.slice(start, start + KEPT_ROWS);
  const isToEnd = start + KEPT_ROWS >= items.length;
  return { ...list, items: kept, newer: list.newer + start, before: isToEnd ? list.before : (kept.at(-1)?.id ?? null) };
}

/** True where the page that was asked for, older than `before` or newer than the first, still follows upon the window. */
export function isSameEdge(then: DeliveryList, now: DeliveryList, before: string | null | undefined): boolean {
  return before == null ? then.items[0]?.id === now.items[0]?.id : then.before === now.before;
}

export function indexOf(items: readonly DeliverySummary[], id: string): number {
  return items.findIndex((delivery) => delivery.id === id);
}

function without(page: readonly DeliverySummary[], items: readonly DeliverySummary[]): readonly DeliverySummary[] {
  const known = new Set(items.map(({ id }) => id));
  return page.filter(({ id }) => !known.has(id));
}
