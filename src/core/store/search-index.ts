import { isUtf8 } from "node:buffer";
import type { Database } from "better-sqlite3";
import { MAX_SEARCHED_BYTES } from "#shared/search/query.ts";
import { factWords, withFewRepeats, withoutMarks } from "./json-facts.ts";
import { toId } from "./stored-delivery.ts";

/** SQLite's substr gives NULL for an empty blob. */
const INDEXED_BODY = `coalesce(substr(c.body, 1, ${MAX_SEARCHED_BYTES}), x'')`;
/** A few milliseconds of work. */
const MERGED_PAGES = 8;

/**
 * Full text over path, headers, body and ids, and a word for each value of a JSON body (json-facts.ts). It is built behind the commit, a slice at a time, because tokenising
 * costs more than storing and nobody should wait for it; a search first has it catch up.
 */
export interface SearchIndex {
  /** What of a row is indexed; undefined where it is not stored. */
  textOf(row: number): string | undefined;
  /** Indexes for about `budgetMs`; true when nothing is left. */
  index(budgetMs: number): boolean;
  /** Merges a few pages of what many small slices and removals left; true when nothing is left to merge. */
  tidy(): boolean;
  /** The newest row that a search can find. */
  indexedUpTo(): number;
  /** Takes rows out; they must have been stored. */
  remove(rows: readonly number[]): void;
  /** Takes out all rows up to this one that are in it, be they stored or not. */
  removeUpTo(row: number): void;
  /** Forgets all words at once; those of what is stored come again, slice by slice. */
  clear(): void;
  /** Puts rows back that `remove` took out. */
  restore(rows: readonly number[]): void;
}

interface ContentRow {
  readonly id: number;
  readonly path: string;
  readonly headers: string;
  readonly body: Buffer;
}

export function createSearchIndex(db: Database): SearchIndex {
  const next = db.prepare<[number], ContentRow>(`SELECT d.id, d.path, c.headers,
    ${INDEXED_BODY} AS body FROM deliveries d JOIN contents c ON c.id = d.id
    WHERE d.id > ? AND d.deleted = 0 ORDER BY d.id LIMIT 1`);
  const byId = db.prepare<[number], ContentRow>(`SELECT d.id, d.path, c.headers,
    ${INDEXED_BODY} AS body FROM deliveries d JOIN contents c ON c.id = d.id WHERE d.id = ?`);
  const insert = db.prepare("INSERT INTO search (rowid, text) VALUES (?, ?)");
  const removeRow = db.prepare("DELETE FROM search WHERE rowid = ?");
  const indexed = db.prepare<[number], number>("SELECT id FROM search_docsize WHERE id <= ?").pluck();
  const newest = db.prepare("SELECT coalesce(max(id), 0) FROM search_docsize").pluck();
  let indexedUpTo = newest.get() as number;

  // FTS5's own merges are switched off (migrations.ts): one of them can take a quarter of a second.
  const merge = db.prepare(`INSERT INTO search (search, rank) VALUES ('merge', ${MERGED_PAGES})`);
  const totalChanges = db.prepare<[], number>("SELECT total_changes()").pluck();

  const slice = db.transaction((from: number, budgetMs: number) => {
    const end = performance.now() + budgetMs;
    let upTo = from;
    do {
      const row = next.get(upTo);
      if (row === undefined) return { upTo, isDone: true };
      insert.run(row.id, textOf(row));
      upTo = row.id;
    } while (performance.now() < end);
    return { upTo, isDone: false };
  });

  return {
    textOf(id) {
      const row = byId.get(id);
      return row && textOf(row);
    },
    index(budgetMs) {
      if (next.get(indexedUpTo) === undefined) return true;
      // Only what the transaction has kept is indexed; the rows of one that failed come again.
      const { upTo, isDone } = slice(indexedUpTo, budgetMs);
      indexedUpTo = upTo;
      return isDone;
    },
    tidy() {
      const before = totalChanges.get() ?? 0;
      merge.run();
      // Less than two changes mean that there was nothing to merge (https://sqlite.org/fts5.html#the_merge_command).
      return (totalChanges.get() ?? 0) - before < 2;
    },
    indexedUpTo: () => indexedUpTo,
    remove(rows) {
      for (const row of rows) if (row <= indexedUpTo) removeRow.run(row);
    },
    removeUpTo(row) {
      for (const id of indexed.all(row)) removeRow.run(id);
    },
    clear() {
      db.exec("INSERT INTO search (search) VALUES ('delete-all')");
      indexedUpTo = 0;
    },
    restore(rows) {
      for (const id of rows) {
        const row = id <= indexedUpTo ? byId.get(id) : undefined;
        if (row !== undefined) insert.run(row.id, textOf(row));
      }
    },
  };
}

function textOf(row: ContentRow): string {
  const body = textOfBody(row.body);
  // The flat list's JSON quotes and commas separate words like spaces do.
  const text = withoutMarks(`${toId(row.id)} ${row.path} ${row.headers} ${body}`);
  return `${withFewRepeats(text)} ${factWords(body).join(" ")}`;
}

/** Empty for bytes that are no text. Where a body is cut, that may be in the middle of a character: up to three bytes go. */
function textOfBody(bytes: Buffer): string {
  const spare = bytes.length === MAX_SEARCHED_BYTES ? 3 : 0;
  for (let cut = 0; cut <= spare; cut++) {
    const whole = bytes.subarray(0, bytes.length - cut);
    if (isUtf8(whole)) return whole.toString("utf8");
  }
  return "";
}
