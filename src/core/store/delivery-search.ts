import type { Database } from "better-sqlite3";
import type { Matches, RunRow } from "./delivery-listing.ts";
import { JOIN_COMMITS, SUMMARY_COLUMNS, type SummaryRow } from "./delivery-rows.ts";
import { type Condition, type SearchFilter, toPlan } from "./search-conditions.ts";
import { createStatements } from "./statements.ts";

/** The deliveries that a search finds; `total` is how many there are in all. */
export type DeliverySearch = (filter: SearchFilter, total: number) => Matches;

export function createDeliverySearch(db: Database): DeliverySearch {
  const prepare = createStatements(db);

  return (filter, total) => {
    const { match, unmatched, conditions: others } = toPlan(filter);
    const conditions = unmatched === null ? others : [notFoundBy(unmatched), ...others];
    const isCovered = match !== null && conditions.length === 0;
    // What is deleted is not in the index. Where the index has an answer, it goes first: what it finds is few, mostly.
    const tables = match === null ? "deliveries d" : "search s CROSS JOIN deliveries d ON d.id = s.rowid";
    const row = match === null ? "d.id" : "s.rowid";
    const where = [match === null ? "d.deleted = 0" : "s.search MATCH ?", ...conditions.map(({ sql }) => sql)].join(
      " AND ",
    );
    const params = [...(match === null ? [] : [match]), ...conditions.flatMap((condition) => condition.params)];

    // The columns are those of SUMMARY_COLUMNS, and count(*) is a number.
    const rows = (which: string, ...more: number[]) =>
      prepare(`SELECT ${SUMMARY_COLUMNS} FROM ${tables} ${JOIN_COMMITS} WHERE ${where} AND ${which}`).all(
        ...params,
        ...more,
      ) as SummaryRow[];
    const count = (which: string, ...more: number[]) =>
      prepare(`SELECT count(*) FROM ${isCovered ? "search s" : tables} WHERE ${where}${which}`)
        .pluck()
        .get(...params, ...more) as number;

    const countFound = (expression: string) =>
      prepare("SELECT count(*) FROM search WHERE search MATCH ?").pluck().get(expression) as number;

    return {
      older: (from, limit, skip = 0) => rows(`${row} < ? ORDER BY ${row} DESC LIMIT ? OFFSET ?`, from, limit, skip),
      newer: (from, limit) => rows(`${row} > ? ORDER BY ${row} LIMIT ?`, from, limit),
      countNewer: (from) => count(` AND ${row} > ?`, from),
      runRows: (limit) =>
        prepare(`SELECT ${RUN_COLUMNS} FROM ${tables} WHERE ${where} ORDER BY d.received_at, d.id LIMIT ?`).all(
          ...params,
          limit,
        ) as RunRow[],
      ids: () =>
        prepare(`SELECT ${row} FROM ${tables} WHERE ${where}`)
          .pluck()
          .iterate(...params) as IterableIterator<number>,
      count() {
        if (filter.terms.length === 0) return total;
        // Five times as fast as to ask of each whether it was found.
        if (unmatched !== null && others.length === 0) return total - countFound(unmatched);
        return count("");
      },
    };
  };
}

/** The columns of RunRow, of `deliveries d`. */
export const RUN_COLUMNS = "d.id, d.received_at, d.incomplete IS NULL AS is_whole";

function notFoundBy(match: string): Condition {
  return { sql: "d.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)", params: [match] };
}
