import type { Database, Statement } from "better-sqlite3";
import { JOIN_COMMITS, SUMMARY_COLUMNS, type SummaryRow, toSummary } from "./delivery-rows.ts";
import { type SearchFilter, toPlan } from "./search-conditions.ts";
import { type ListPage, toId } from "./stored-delivery.ts";

/** Pages through the deliveries that a search finds, newest first, and counts them. */
export type DeliverySearch = (filter: SearchFilter, before: number | null, limit: number) => ListPage;

/** A window refreshes one search again and again; more kinds of them at a time are rare. */
const MAX_STATEMENTS = 16;

export function createDeliverySearch(db: Database): DeliverySearch {
  const prepared = new Map<string, Statement<(string | number)[]>>();

  /** Questions of the same form share a statement: values are bound, never written into it. */
  function prepare(sql: string): Statement<(string | number)[]> {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    if (prepared.size >= MAX_STATEMENTS) prepared.clear();
    const statement = db.prepare<(string | number)[]>(sql);
    prepared.set(sql, statement);
    return statement;
  }

  return (filter, before, limit) => {
    const { match, conditions } = toPlan(filter);
    const isCovered = match !== null && conditions.length === 0;
    // What is deleted is not in the index. Where the index has an answer, it goes first: what it finds is few, mostly.
    const tables = match === null ? "deliveries d" : "search s CROSS JOIN deliveries d ON d.id = s.rowid";
    const row = match === null ? "d.id" : "s.rowid";
    const where = [match === null ? "d.deleted = 0" : "s.search MATCH ?", ...conditions.map(({ sql }) => sql)].join(
      " AND ",
    );
    const params = [...(match === null ? [] : [match]), ...conditions.flatMap((condition) => condition.params)];

    const total = prepare(`SELECT count(*) FROM ${isCovered ? "search s" : tables} WHERE ${where}`)
      .pluck()
      .get(...params);
    const rows = prepare(
      `SELECT ${SUMMARY_COLUMNS} FROM ${tables} ${JOIN_COMMITS} WHERE ${where} AND ${row} < ? ORDER BY ${row} DESC LIMIT ?`,
    ).all(...params, before ?? Number.MAX_SAFE_INTEGER, limit + 1);
    // The columns are those of SUMMARY_COLUMNS, and count(*) is a number.
    return toPage(rows as SummaryRow[], limit, total as number);
  };
}

function toPage(rows: SummaryRow[], limit: number, total: number): ListPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(toSummary), before: rows.length > limit && last ? toId(last.id) : null, total };
}
