import type { Database } from "better-sqlite3";
import type { SearchIndex } from "./search-index.ts";

/** Taking deliveries away: by hand (with a way back), all of them, or the oldest ones over the limits. */
export interface Removal {
  /** Hides rows; `restore` brings them back until the next start. Answers the rows that were there. */
  hide(rows: readonly number[]): number[];
  restore(rows: readonly number[]): number[];
  /** Up to `limit` of the oldest rows that are neither pinned nor hidden. */
  oldest(limit: number): number[];
  /** Erases rows for good, with their contents, attempts and words. */
  erase(rows: readonly number[]): void;
  /** Erases what was hidden in an earlier run. */
  eraseHidden(): void;
}

export function createRemoval(db: Database, search: SearchIndex, lastRow: () => number): Removal {
  const hide = db.prepare("UPDATE deliveries SET deleted = 1 WHERE id = ? AND deleted = 0");
  const unhide = db.prepare("UPDATE deliveries SET deleted = 0 WHERE id = ? AND deleted = 1");
  const oldest = db
    .prepare<[number], number>("SELECT id FROM deliveries WHERE pinned = 0 AND deleted = 0 ORDER BY id LIMIT ?")
    .pluck();
  const hidden = db.prepare<[], number>("SELECT id FROM deliveries WHERE deleted = 1").pluck();
  const keepLastRow = db.prepare("INSERT OR REPLACE INTO app_state (name, value) VALUES ('last-row', ?)");
  const eraseFrom = ["deliveries WHERE id", "contents WHERE id", "attempts WHERE delivery_id"].map((where) =>
    db.prepare(`DELETE FROM ${where} = ?`),
  );
  // The commit that the oldest remaining delivery belongs to stays, with all after it.
  const eraseCommits = db.prepare(`DELETE FROM commits WHERE first_id <
    (SELECT max(first_id) FROM commits WHERE first_id <= (SELECT coalesce(min(id), ?) FROM deliveries))`);

  function erase(rows: readonly number[]): void {
    if (rows.length === 0) return;
    // Row numbers are never used twice, even when the newest delivery is erased.
    keepLastRow.run(String(lastRow()));
    search.remove(rows);
    for (const row of rows) for (const statement of eraseFrom) statement.run(row);
    eraseCommits.run(Number.MAX_SAFE_INTEGER);
  }

  return {
    hide: db.transaction((rows: readonly number[]) => {
      const done = rows.filter((row) => hide.run(row).changes > 0);
      search.remove(done);
      return done;
    }),
    restore: db.transaction((rows: readonly number[]) => {
      const done = rows.filter((row) => unhide.run(row).changes > 0);
      search.restore(done);
      return done;
    }),
    oldest: (limit) => oldest.all(limit),
    erase: db.transaction(erase),
    eraseHidden: db.transaction(() => erase(hidden.all())),
  };
}
