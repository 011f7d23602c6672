import type { Database } from "better-sqlite3";
import type { SearchIndex } from "./search-index.ts";

/** How much is kept, whether it can be seen or is only hidden. */
export interface StoreHoldings {
  readonly deliveries: number;
  readonly pinned: number;
  readonly attempts: number;
  readonly runs: number;
  readonly gaps: number;
}

/** The file as SQLite sees it. */
export interface StoreFacts {
  readonly sqlite: string;
  /** The number of the last migration. */
  readonly format: number;
  readonly fileBytes: number;
  readonly freeBytes: number;
  readonly journal: string;
}

/** Leaving nothing: not a row, and not a byte of one in the file. */
export interface Eraser {
  /** Up to `limit` rows to erase next, whatever they are, none of them after row `upTo`. */
  next(limit: number, upTo: number): readonly number[];
  /** Erases all rows up to this one; the last row that there ever was is kept in mind. */
  eraseUpTo(row: number, lastRow: number): void;
  scrub(keptStates: readonly string[]): void;
  holdings(): StoreHoldings;
  facts(): StoreFacts;
}

/** A commit has a time for each of its deliveries, as 32-bit floats; where all of those are gone, so are the times. */
const ERASE_COMMITS = `DELETE FROM commits WHERE NOT EXISTS
  (SELECT 1 FROM deliveries WHERE id >= first_id AND id < first_id + length(answered_ms) / 4)`;

export function createEraser(db: Database, search: SearchIndex): Eraser {
  const slice = db
    .prepare<[number, number], number>("SELECT id FROM deliveries WHERE id <= ? ORDER BY id LIMIT ?")
    .pluck();
  const eraseFrom = ["deliveries WHERE id", "contents WHERE id", "attempts WHERE delivery_id"].map((where) =>
    db.prepare(`DELETE FROM ${where} <= ?`),
  );
  const keepLastRow = db.prepare("INSERT OR REPLACE INTO app_state (name, value) VALUES ('last-row', ?)");
  const forget = db.prepare("DELETE FROM app_state WHERE name NOT IN (SELECT value FROM json_each(?))");
  const count = (what: string): number => db.prepare<[], number>(`SELECT count(*) FROM ${what}`).pluck().get() ?? 0;
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }));

  let isBegun = false;

  function begin(): void {
    // What is freed from here on is overwritten with zeros at once (https://sqlite.org/pragma.html#pragma_secure_delete).
    db.pragma("secure_delete = ON");
    // All words at once, instead of row by row. Those of what is still there come again behind everything else.
    search.clear();
    isBegun = true;
  }

  const erase = db.transaction((row: number, lastRow: number) => {
    keepLastRow.run(String(lastRow));
    // The index may have gone on since it was cleared.
    search.removeUpTo(row);
    for (const statement of eraseFrom) statement.run(row);
  });

  return {
    next: (limit, upTo) => slice.all(upTo, limit),
    eraseUpTo(row, lastRow) {
      if (!isBegun) begin();
      erase(row, lastRow);
    },
    scrub(keptStates) {
      try {
        db.transaction(() => {
          // Deliveries may have come in since, with attempts of their own.
          db.exec("DELETE FROM attempts WHERE delivery_id NOT IN (SELECT id FROM deliveries)");
          db.exec("DELETE FROM gaps");
          db.exec("DELETE FROM run_results");
          db.exec("DELETE FROM runs");
          db.exec(ERASE_COMMITS);
          forget.run(JSON.stringify(keptStates));
        })();
        // Words of removed rows stay in the index until it is merged; what is left is indexed anew.
        search.clear();
        // VACUUM writes the file anew from what is left; the journal holds old pages until it is cut to nothing.
        db.pragma("wal_checkpoint(TRUNCATE)");
        db.exec("VACUUM");
        db.pragma("wal_checkpoint(TRUNCATE)");
      } finally {
        db.pragma("secure_delete = OFF");
        isBegun = false;
      }
    },
    holdings: () => ({
      deliveries: count("deliveries"),
      pinned: count("deliveries WHERE pinned = 1"),
      attempts: count("attempts"),
      runs: count("runs"),
      gaps: count("gaps"),
    }),
    facts: () => ({
      sqlite: db.prepare<[], string>("SELECT sqlite_version()").pluck().get() ?? "",
      format: pragma("user_version"),
      fileBytes: pragma("page_count") * pragma("page_size"),
      freeBytes: pragma("freelist_count") * pragma("page_size"),
      journal: String(db.pragma("journal_mode", { simple: true })),
    }),
  };
}
