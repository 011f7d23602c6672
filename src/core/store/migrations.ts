import type { Database } from "better-sqlite3";
import { AppError } from "#shared/errors.ts";

/**
 * Each entry brings the database from version N to N + 1. Entries are never edited once released; the number lies in
 * the file itself (PRAGMA user_version).
 *
 * `deliveries` holds what lists and filters read, `contents` what is large, so that paging through 100 000 rows never
 * touches a body. `commits` holds one row per transaction instead of a second write per delivery: the times of commit
 * and answer are only known once the delivery itself is on disk.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    received_at REAL NOT NULL,
    last_byte_ms REAL NOT NULL,
    verified_ms REAL NOT NULL,
    source TEXT NOT NULL,
    origin_id INTEGER,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    type TEXT,
    detail TEXT,
    emitted_at TEXT,
    video_id TEXT,
    live_stream_id TEXT,
    state TEXT NOT NULL,
    cause TEXT,
    webhook_id TEXT,
    status INTEGER,
    incomplete TEXT,
    body_bytes INTEGER NOT NULL,
    kept_bytes INTEGER NOT NULL,
    duplicate_of INTEGER,
    pinned INTEGER NOT NULL DEFAULT 0,
    note TEXT,
    deleted INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX deliveries_unproven ON deliveries (webhook_id) WHERE state IN ('unchecked', 'failed');
  CREATE TABLE contents (
    id INTEGER PRIMARY KEY,
    headers TEXT NOT NULL,
    body_sha256 BLOB NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE TABLE commits (
    first_id INTEGER PRIMARY KEY,
    committed_at REAL NOT NULL,
    answered_ms BLOB NOT NULL
  ) STRICT;
  CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    delivery_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    started_at REAL NOT NULL,
    ms REAL NOT NULL,
    status INTEGER,
    outcome TEXT NOT NULL,
    body BLOB
  ) STRICT;
  CREATE INDEX attempts_of ON attempts (delivery_id, id);
  CREATE VIRTUAL TABLE search USING fts5(text, content='', contentless_delete=1, tokenize='unicode61');
  CREATE TABLE app_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // Deliveries must not wait for the search index: its merges are done in small steps between them (search-index.ts).
  `
  INSERT INTO search (search, rank) VALUES ('automerge', 0);
  INSERT INTO search (search, rank) VALUES ('crisismerge', 1000);
  `,
  // A handful of rows a day, read as a whole: no index, and no tie to the deliveries around them.
  `
  CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,
    from_at REAL NOT NULL,
    to_at REAL,
    cause TEXT NOT NULL,
    message TEXT NOT NULL
  ) STRICT;
  `,
  // The chart of a time counts in this index alone, whatever else the rows hold. Times grow with the rows, so that a new
  // delivery is written at its end.
  `
  CREATE INDEX deliveries_by_time ON deliveries (received_at, state) WHERE deleted = 0;
  `,
  // The index gets a word for each value of a body (json-facts.ts), so it is built anew, behind everything else. That
  // of the attempts gets their status: whoever asks for it need not touch the answers, which may be large.
  `
  DROP TABLE search;
  CREATE VIRTUAL TABLE search USING fts5(text, content='', contentless_delete=1, tokenize='unicode61');
  INSERT INTO search (search, rank) VALUES ('automerge', 0);
  INSERT INTO search (search, rank) VALUES ('crisismerge', 1000);
  DROP INDEX attempts_of;
  CREATE INDEX attempts_of ON attempts (delivery_id, id, status);
  `,
  // Which route sent an attempt where; what a delivery was answered after it was stored, and by what (JSON).
  `
  ALTER TABLE attempts ADD COLUMN target_name TEXT;
  ALTER TABLE attempts ADD COLUMN route TEXT;
  ALTER TABLE deliveries ADD COLUMN answer_ms REAL;
  ALTER TABLE deliveries ADD COLUMN answer_by TEXT;
  `,
  // What a run sends is decided when it is made: a row for each sending, in its order, which gets what came of it. Status
  // and time stand here as well as in the attempt, because attempts go with their delivery. Numbers are never used twice.
  // `copy` counts the sendings of one delivery in a run, `fault` is what was done to one on purpose, as JSON.
  `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT,
    created_at REAL NOT NULL,
    started_at REAL,
    ended_at REAL,
    options TEXT NOT NULL,
    state TEXT NOT NULL,
    trouble TEXT,
    total INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    tally TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE run_results (
    run_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    fault TEXT,
    offset_ms REAL NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'waiting',
    attempt_id INTEGER,
    started_at REAL,
    ms REAL,
    status INTEGER,
    reason TEXT,
    message TEXT,
    verdict TEXT,
    compared_attempt INTEGER,
    compared_status INTEGER,
    compared_reason TEXT,
    PRIMARY KEY (run_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX run_results_of ON run_results (run_id, delivery_id);
  ALTER TABLE attempts ADD COLUMN run_id INTEGER;
  ALTER TABLE attempts ADD COLUMN copy INTEGER;
  ALTER TABLE attempts ADD COLUMN fault TEXT;
  `,
  // A run may go where the routes say: each of its sendings has a target of its own. `copy` counts those to one target.
  `
  ALTER TABLE run_results ADD COLUMN target TEXT;
  ALTER TABLE run_results ADD COLUMN route TEXT;
  UPDATE run_results SET target = (SELECT options ->> '$.target' FROM runs WHERE runs.id = run_results.run_id);
  `,
];

/** Throws AppError `store.newer` where a version wrote it that came after this one. */
export function refuseNewer(db: Database): void {
  const version = versionOf(db);
  if (version > MIGRATIONS.length) {
    throw new AppError(
      "store.newer",
      `The database was written by a newer version of this app (format ${version}, this one knows ${MIGRATIONS.length}). ` +
        "Update the app, or choose another folder with --data-dir. Nothing was changed.",
    );
  }
}

/** Brings the database up to date, each step in its own transaction. */
export function migrate(db: Database): void {
  const version = versionOf(db);
  for (let next = version; next < MIGRATIONS.length; next++) {
    db.transaction(() => {
      db.exec(MIGRATIONS[next] ?? "");
      db.pragma(`user_version = ${next + 1}`);
    })();
  }
}

function versionOf(db: Database): number {
  // SQLite keeps a whole number there, whatever is written to it.
  return db.pragma("user_version", { simple: true }) as number;
}
