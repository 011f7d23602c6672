import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import type { AppState } from "./app-state.ts";
import { foldRepeats } from "./fold-repeats.ts";
import { type ListRow, toListRows } from "./list-rows.ts";
import { indexOf } from "./list-window.ts";

const NO_DELIVERIES: readonly DeliverySummary[] = [];

export function deliveriesOf({ mirror }: AppState): readonly DeliverySummary[] {
  return mirror?.list.items ?? NO_DELIVERIES;
}

const NO_GAPS: readonly Gap[] = [];

/** The gaps that the list shows: a filter asks for deliveries, and a gap is none. */
export function gapsOf({ mirror }: AppState): readonly Gap[] {
  return mirror === null || mirror.list.query !== "" ? NO_GAPS : mirror.gaps;
}

/** The filter of the view; where that cannot be read, the one that the list answers to. */
export function queryToApply({ mirror, view }: AppState): string {
  return parseQuery(view.filter).errors.length === 0 ? view.filter.trim() : (mirror?.list.query ?? "");
}

/** Where the selected delivery stands in the loaded list; -1 where it is not in it. */
export function selectedIndex(state: AppState): number {
  const { selectedId } = state.view;
  return selectedId === null ? -1 : deliveriesOf(state).findIndex(({ id }) => id === selectedId);
}

/** The selected delivery as the list knows it, before its detail is loaded. */
export function selectedSummary(state: AppState): DeliverySummary | undefined {
  return deliveriesOf(state)[selectedIndex(state)];
}

/** How many rows came above the one that was the newest when the user scrolled away; a repeat makes no row. */
export function newCount({ view: { isAtTop, topSeen }, mirror }: AppState): number {
  if (isAtTop || topSeen === null || mirror === null) return 0;
  const { items, newer, arrivals } = mirror.list;
  const index = newer > 0 ? -1 : indexOf(items, topSeen.id);
  if (index === -1) return Math.max(0, arrivals - topSeen.arrivals);
  const folds = foldRepeats(items);
  return items.slice(0, index).filter(({ id }) => folds.has(id)).length;
}

/** The list's rows as they are shown: folded, with the gaps between them. */
export function listRowsOf(state: AppState): readonly ListRow[] {
  const { mirror, view } = state;
  return mirror === null ? [] : toListRows(mirror.list, gapsOf(state), view.openFolds, view.selectedId);
}

/** The ids of the deliveries that have a row of their own, in the order of the list. */
export function shownIds(state: AppState): readonly string[] {
  return listRowsOf(state).flatMap((row) => (row.kind === "delivery" ? [row.id] : []));
}

/** The same deliveries and, of closed folds, their repeats: what is done with a closed fold is done with all of it. */
export function withRepeats(state: AppState, ids: Iterable<string>): readonly string[] {
  const wanted = new Set(ids);
  const hidden = listRowsOf(state).flatMap((row) =>
    row.kind === "delivery" && !row.isOpen && wanted.has(row.id) ? row.repeats : [],
  );
  return [...new Set([...wanted, ...hidden.map(({ id }) => id)])];
}

/** What an action is about: the marked deliveries, or else the selected one. */
export function targetIds({ view: { markedIds, selectedId } }: AppState): readonly string[] {
  if (markedIds.size > 0) return [...markedIds];
  return selectedId === null ? [] : [selectedId];
}

/** The address to give to api.video: the public URL, or the listener's own where no tunnel is open. */
export function addressToUse({ mirror }: AppState): string | null {
  return mirror === null ? null : (mirror.tunnel.url ?? mirror.listener.url);
}

/** True from the first delivery on: the list has it some time before it is counted. */
export function hasDeliveries({ mirror }: AppState): boolean {
  return mirror !== null && (mirror.counts.total > 0 || mirror.list.items.length > 0);
}

/** The first start asks how to begin; deliveries that came all the same go first once one is selected. */
export function isFirstRun({ mirror }: AppState): boolean {
  return mirror !== null && !mirror.settings.values.firstRunDone;
}

/** True while its forward waits for the user. */
export function isHeld({ mirror }: AppState, id: string | null): boolean {
  return mirror?.hold.held.some(({ deliveryId }) => deliveryId === id) ?? false;
}

/** The engine was there and is not any more: what is shown is what was last known. */
export function isEngineGone({ connection: { kind } }: AppState): boolean {
  return kind === "disconnected" || kind === "refused";
}
