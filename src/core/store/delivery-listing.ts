import { type SummaryRow, toSummary } from "./delivery-rows.ts";
import { type ListPage, toId } from "./stored-delivery.ts";

/** Which part of the list, by row number: what follows a row, what precedes it, what surrounds it, or a place by count. */
export type RowPlace =
  | { readonly kind: "before"; readonly row: number | null }
  | { readonly kind: "after"; readonly row: number }
  | { readonly kind: "around"; readonly row: number }
  | { readonly kind: "skip"; readonly count: number };

/** The deliveries that match one query, as far as paging needs to know them. */
export interface Matches {
  /** Older than `row`, newest first. */
  older(row: number, limit: number, skip?: number): SummaryRow[];
  /** Newer than `row`, oldest first. */
  newer(row: number, limit: number): SummaryRow[];
  countNewer(row: number): number;
  count(): number;
  /** As a run takes them, in the order of their receipt, whether they are whole or not. */
  runRows(limit: number): RunRow[];
  /** The row numbers of all, one after the other. */
  ids(): IterableIterator<number>;
}

/** A delivery that may be sent in a run. */
export interface RunRow {
  readonly id: number;
  readonly received_at: number;
  /** 0 where only a part of it arrived. */
  readonly is_whole: number;
}

/** Above every row there is. */
const TOP = Number.MAX_SAFE_INTEGER;

/** A page of what matches, newest first, and where it stands in all of it. */
export function toPage(matches: Matches, place: RowPlace, limit: number): ListPage {
  const total = matches.count();
  // To look for what is not there takes as long as to look at everything.
  const rows = total === 0 ? [] : rowsAt(matches, place, limit);
  const [first] = rows;
  const last = rows.at(-1);
  const isFromTop = first === undefined || (place.kind === "before" && place.row === null);
  return {
    items: rows.map(toSummary),
    before: last !== undefined && matches.older(last.id, 1).length > 0 ? toId(last.id) : null,
    total,
    newer: isFromTop ? 0 : matches.countNewer(first.id),
  };
}

/** The page's rows, newest first. */
function rowsAt(matches: Matches, place: RowPlace, limit: number): SummaryRow[] {
  switch (place.kind) {
    case "before":
      return matches.older(place.row ?? TOP, limit);
    case "skip":
      return matches.older(TOP, limit, place.count);
    case "after":
      return matches.newer(place.row, limit).reverse();
    case "around": {
      const newer = matches.newer(place.row, Math.floor(limit / 2)).reverse();
      return [...newer, ...matches.older(place.row + 1, limit - newer.length)];
    }
  }
}
