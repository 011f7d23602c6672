import { chmodSync } from "node:fs";
import { join } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { AppError } from "#shared/errors.ts";
import { makeFolder } from "../lib/make-folder.ts";
import { migrate, refuseNewer } from "./migrations.ts";

export const DATABASE_FILE = "inspector.db";

/**
 * Opens the database of a data folder for this process alone and brings it up to date.
 * Throws AppError `store.unwritable`, `store.locked`, `store.corrupt` or `store.newer`; none of them changes the file.
 */
export function openDatabase(dataDir: string): Database {
  for (let tries = 1; ; tries++) {
    try {
      return tryToOpen(dataDir);
    } catch (error) {
      const isTaken = error instanceof AppError && error.code === "store.locked";
      if (!isTaken || tries === TRIES) throw error;
      waitInPlace(Math.random() * LONGEST_WAIT_MS);
    }
  }
}

/** Of two that open it at the same moment, each may be in the other's way: they try again, each after a time of its own. */
const TRIES = 6;
const LONGEST_WAIT_MS = 40;

/** In the store's thread, which has nothing else to do yet. */
function waitInPlace(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function tryToOpen(dataDir: string): Database {
  const file = join(dataDir, DATABASE_FILE);
  let db: Database | undefined;
  try {
    makeFolder(dataDir);
    db = new Sqlite(file, { timeout: 0 });
    // Kept by this connection and written nowhere: with it, to read takes no shared-memory file, for which a full disk has
    // no room. The lock is held until the process ends, however it ends: two engines can never write one folder. It is kept
    // by the operating system, so nothing is left behind by a kill.
    db.pragma("locking_mode = EXCLUSIVE");
    // Before all else, which would write to the file.
    refuseNewer(db);
    configure(db);
    migrate(db);
    chmodSync(dataDir, 0o700);
    for (const suffix of ["", "-wal"]) chmodSync(file + suffix, 0o600);
    return db;
  } catch (error) {
    db?.close();
    throw explainOpening(error, dataDir);
  }
}

function configure(db: Database): void {
  db.pragma("journal_mode = WAL");
  // FULL: a commit has reached the disk when it returns. Our 2xx depends on it.
  db.pragma("synchronous = FULL");
  db.pragma("temp_store = MEMORY");
  // 8 MB; twice as much made no search faster among 100 000, and would be kept for good.
  db.pragma("cache_size = -8000");
  // The WAL shrinks back after a burst instead of staying at its largest.
  db.pragma("journal_size_limit = 67108864");
  // Takes the lock now, not at the first write.
  db.exec("BEGIN EXCLUSIVE; COMMIT");
}

/** What keeps a database from being opened, as an AppError that names the file; anything else as it is. */
export function explainOpening(error: unknown, dataDir: string): unknown {
  if (error instanceof AppError) return error;
  const file = join(dataDir, DATABASE_FILE);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const cause = { cause: error };
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new AppError(
      "store.locked",
      `Another instance of the app, or another program, is using ${file}. Close it, or choose another folder with --data-dir.`,
      cause,
    );
  }
  if (/^SQLITE_(NOTADB|CORRUPT|FORMAT)/.test(code)) {
    return new AppError(
      "store.corrupt",
      `${file} is damaged or no database of this app. Move it away to start with an empty one, or choose another folder with --data-dir. Nothing was changed.`,
      cause,
    );
  }
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT)/.test(code)) {
    return new AppError(
      "store.unwritable",
      `The app cannot write to ${file}. Give yourself write access to its folder, or choose another with --data-dir.`,
      cause,
    );
  }
  if (/^(SQLITE_FULL|ENOSPC)/.test(code)) return storeFull(error);
  // What SQLite says as well where the file may be read and nothing may be made beside it.
  if (/^(SQLITE_IOERR|EIO)/.test(code)) {
    return new AppError(
      "store.unwritable",
      `The app cannot write to the folder of ${file}, or the disk fails. Give yourself write access to the folder, or choose another with --data-dir.`,
      cause,
    );
  }
  return error;
}

/** Used wherever a page turns out to be damaged; only what lies in it is concerned. */
export function storeDamaged(dataDir: string): AppError {
  return new AppError(
    "store.corrupt",
    `A part of ${join(dataDir, DATABASE_FILE)} is damaged, and this lies in it. The rest is there: save what you need, then move the file away to start with an empty one.`,
  );
}

/** Used wherever a write fails for want of room. */
export function storeFull(cause: unknown): AppError {
  return new AppError("store.full", "The disk is full: new deliveries cannot be kept. Free some space.", {
    retryable: true,
    cause,
  });
}
