import type { Database } from "better-sqlite3";
import { needsIndex, type SearchFilter, toPlan } from "./search-conditions.ts";
import type { SearchIndex } from "./search-index.ts";
import { createStatements } from "./statements.ts";

/** Which of the searches find one row; a row that is gone is found by none. */
export type DeliveryMatching = (row: number, filters: readonly SearchFilter[]) => boolean[];

/**
 * Asks what a search asks, of one delivery. Words are looked up in an index of that delivery alone: the large one would
 * have to catch up first, and takes milliseconds where a word is in all deliveries. That index is temporary, in memory.
 */
export function createDeliveryMatching(db: Database, index: Pick<SearchIndex, "textOf">): DeliveryMatching {
  db.exec("CREATE VIRTUAL TABLE temp.one USING fts5(text, content='', tokenize='unicode61')");
  const empty = db.prepare("INSERT INTO one (one) VALUES ('delete-all')");
  const fill = db.prepare("INSERT INTO one (rowid, text) VALUES (1, ?)");
  const prepare = createStatements(db);

  function isFound(row: number, filter: SearchFilter): boolean {
    const { match, unmatched, conditions } = toPlan(filter);
    const found = "EXISTS (SELECT 1 FROM one WHERE one MATCH ?)";
    const all = [
      { sql: "d.id = ? AND d.deleted = 0", params: [row] },
      ...(match === null ? [] : [{ sql: found, params: [match] }]),
      ...(unmatched === null ? [] : [{ sql: `NOT ${found}`, params: [unmatched] }]),
      ...conditions,
    ];
    const where = all.map(({ sql }) => sql).join(" AND ");
    const count = prepare(`SELECT count(*) FROM deliveries d WHERE ${where}`).pluck();
    return count.get(...all.flatMap(({ params }) => params)) === 1;
  }

  return (row, filters) => {
    if (!filters.some(needsIndex)) return filters.map((filter) => isFound(row, filter));
    fill.run(index.textOf(row) ?? "");
    try {
      return filters.map((filter) => isFound(row, filter));
    } finally {
      empty.run();
    }
  };
}
