import type { Database } from "better-sqlite3";
import type { VerificationState } from "#shared/domain/verification.ts";
import type { SearchIndex } from "./search-index.ts";

/** How much is too much; what is zero or less is no reason. */
export interface Surplus {
  readonly deliveries: number;
  readonly bytes: number;
}

export interface ErasedRow {
  readonly id: number;
  readonly state: VerificationState;
  readonly bytes: number;
}

/**
 * So that a delivery that waits to be written hardly notices. By time, because a row may take 20 µs or, with 10 MiB of a
 * body whose pages are looked up one by one, a thousand times as long; and by rows, because the commit comes on top.
 */
const SLICE_MS = 8;
const SLICE_ROWS = 200;

/** Taking deliveries away: by hand (with a way back), all of them, or the oldest ones over the limits. */
export interface Removal {
  /** Hides rows; `restore` brings them back until the next start. Answers the rows that were there. */
  hide(rows: readonly number[]): number[];
  restore(rows: readonly number[]): number[];
  /**
   * Erases the oldest rows that are neither pinned nor hidden for good, with their contents, attempts and words: until the
   * surplus is gone, or a slice of time is over. Answers those that went, at least one where there is any.
   */
  eraseOldest(surplus: Surplus): ErasedRow[];
  /** Erases what was hidden in an earlier run. */
  eraseHidden(): void;
}

export function createRemoval(db: Database, search: SearchIndex, lastRow: () => number): Removal {
  const hide = db.prepare("UPDATE deliveries SET deleted = 1 WHERE id = ? AND deleted = 0");
  const unhide = db.prepare("UPDATE deliveries SET deleted = 0 WHERE id = ? AND deleted = 1");
  const oldest = db.prepare<[number], ErasedRow>(
    `SELECT id, state, kept_bytes AS bytes FROM deliveries
      WHERE id > ? AND pinned = 0 AND deleted = 0 ORDER BY id LIMIT 1`,
  );
  const hidden = db.prepare<[], number>("SELECT id FROM deliveries WHERE deleted = 1").pluck();
  const keepLastRow = db.prepare("INSERT OR REPLACE INTO app_state (name, value) VALUES ('last-row', ?)");
  const eraseFrom = ["deliveries WHERE id", "contents WHERE id", "attempts WHERE delivery_id"].map((where) =>
    db.prepare(`DELETE FROM ${where} = ?`),
  );
  // The commit that the oldest remaining delivery belongs to stays, with all after it.
  const eraseCommits = db.prepare(`DELETE FROM commits WHERE first_id <
    (SELECT max(first_id) FROM commits WHERE first_id <= (SELECT coalesce(min(id), ?) FROM deliveries))`);

  function erase(row: number): void {
    search.remove([row]);
    for (const statement of eraseFrom) statement.run(row);
  }

  function afterErasing(): void {
    // Row numbers are never used twice, even when the newest delivery is erased.
    keepLastRow.run(String(lastRow()));
    eraseCommits.run(Number.MAX_SAFE_INTEGER);
  }

  function eraseOldest({ deliveries, bytes }: Surplus): ErasedRow[] {
    const end = performance.now() + SLICE_MS;
    const erased: ErasedRow[] = [];
    let erasedBytes = 0;
    const isEnough = () => erased.length >= deliveries && erasedBytes >= bytes;
    do {
      const row = oldest.get(erased.at(-1)?.id ?? 0);
      if (row === undefined) break;
      erase(row.id);
      erased.push(row);
      erasedBytes += row.bytes;
    } while (!isEnough() && erased.length < SLICE_ROWS && performance.now() < end);
    if (erased.length > 0) afterErasing();
    return erased;
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
    eraseOldest: db.transaction(eraseOldest),
    eraseHidden: db.transaction(() => {
      const rows = hidden.all();
      for (const row of rows) erase(row);
      if (rows.length > 0) afterErasing();
    }),
  };
}
