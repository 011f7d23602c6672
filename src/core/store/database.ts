import type { Verification, VerificationState } from "#shared/domain/verification.ts";
import { createActivityTable } from "./activity-table.ts";
import { type AppendBatch, type AppendedBatch, createAppend, keptBytes } from "./append-batch.ts";
import { createAttemptTable } from "./attempt-table.ts";
import { createCapturedTable } from "./captured-table.ts";
import { type RowPlace, toPage } from "./delivery-listing.ts";
import { createDeliveryMatching } from "./delivery-matching.ts";
import { createDeliverySearch } from "./delivery-search.ts";
import { createDeliveryTable, TALLY_COLUMNS, type Tally } from "./delivery-table.ts";
import { createEraser } from "./eraser.ts";
import { createGapTable, type NewGap } from "./gap-table.ts";
import { openDatabase } from "./open-database.ts";
import { createRemoval, type Surplus } from "./removal.ts";
import { createRunCalls } from "./run-calls.ts";
import type { SearchFilter } from "./search-conditions.ts";
import { createSearchIndex } from "./search-index.ts";
import { type LateAnswer, type ListPlace, type NewAttempt, toId, toRow } from "./stored-delivery.ts";
import { createSubjectTable } from "./subject-table.ts";
import { createTwinTable } from "./twin-table.ts";

export interface Limits {
  readonly maxDeliveries: number;
  readonly maxBytes: number;
}

/** Cheaper by the row, because all before the last one go. */
const ERASE_ALL_SLICE = 2_000;
/** A search that has to wait for the index lets deliveries be written in between. */
const CATCH_UP_SLICE_MS = 20;

export type Database = ReturnType<typeof createDatabase>;

/** Everything that runs in the store's thread, synchronous; the methods under `calls` are what the store can ask for. */
export function createDatabase(dataDir: string, limits: Limits) {
  const db = openDatabase(dataDir);
  const search = createSearchIndex(db);
  const find = createDeliverySearch(db);
  const matching = createDeliveryMatching(db, search);
  const table = createDeliveryTable(db);
  const attempts = createAttemptTable(db);
  const gaps = createGapTable(db);
  const captured = createCapturedTable(db);
  const subjects = createSubjectTable(db);
  const activity = createActivityTable(db);
  const twins = createTwinTable(db);
  const append = createAppend(db);
  const runs = createRunCalls(db, find, attempts);
  let lastRow = table.lastRow();
  let hasErased = false;
  const removal = createRemoval(db, search, () => lastRow);
  const eraser = createEraser(db, search);
  removal.eraseHidden();
  const { pinnedBytes, ...counts } = table.counts();
  /** What the limits are about: pinned deliveries stay whatever they are. */
  const unpinned = { deliveries: counts.total - counts.pinned, bytes: counts.bytes - pinnedBytes };
  const tally = db.prepare<[string], Tally>(
    `SELECT ${TALLY_COLUMNS} FROM deliveries WHERE deleted = 0 AND id IN (SELECT value FROM json_each(?)) GROUP BY state`,
  );
  const readState = db.prepare<[string], string>("SELECT value FROM app_state WHERE name = ?").pluck();
  const dropState = db.prepare("DELETE FROM app_state WHERE name = ?");
  const writeState = db.prepare("INSERT OR REPLACE INTO app_state (name, value) VALUES (?, ?)");

  function count({ state, n, pinned, bytes, pinnedBytes }: Tally, sign: 1 | -1): void {
    counts.total += sign * n;
    counts.pinned += sign * pinned;
    counts.bytes += sign * bytes;
    counts[state] += sign * n;
    unpinned.deliveries += sign * (n - pinned);
    unpinned.bytes += sign * (bytes - pinnedBytes);
  }

  /** Makes a change to rows, and counts what is different then; nothing where the change throws, on a full disk for one. */
  function recounted<T>(rows: readonly number[], change: () => T): T {
    const which = JSON.stringify(rows);
    const before = tally.all(which);
    const result = change();
    for (const group of before) count(group, -1);
    for (const group of tally.all(which)) count(group, 1);
    return result;
  }

  function countBatch(batch: AppendBatch): void {
    for (const row of batch.rows) {
      // Verification gives one of the four states, and a batch carries it as text.
      count({ state: row.state as VerificationState, n: 1, pinned: 0, bytes: keptBytes(row), pinnedBytes: 0 }, 1);
    }
  }

  return {
    counts,
    close: () => db.close(),

    /** Durable when it returns, all batches in one transaction. */
    append(batches: readonly AppendBatch[]): AppendedBatch[] {
      const appended = append(batches, lastRow + 1);
      for (const batch of batches) {
        lastRow += batch.rows.length;
        countBatch(batch);
      }
      return appended;
    },

    /**
     * One slice of housekeeping; `removed` are the ids that went, `more` says whether there is more to do. Erasing and
     * the search index take turns: both in one slice would hold up a delivery for too long.
     */
    work(indexMs: number): { removed: string[]; more: boolean } {
      const isOver = () => unpinned.deliveries > limits.maxDeliveries || unpinned.bytes > limits.maxBytes;
      const isTurnOfIndex = hasErased;
      hasErased = false;
      if (isOver() && !isTurnOfIndex) {
        const { deliveries, bytes } = unpinned;
        const removed = eraseOldest({ deliveries: deliveries - limits.maxDeliveries, bytes: bytes - limits.maxBytes });
        hasErased = removed.length > 0;
        if (hasErased) return { removed: removed.map(toId), more: true };
      }
      const isIndexed = search.index(indexMs);
      const isTidy = search.tidy();
      return { removed: [], more: (isTurnOfIndex && isOver()) || !isIndexed || !isTidy };
    },

    calls: {
      /** Indexes a slice on the way to row `upTo` (null: to the newest); answers that row until it is reached, then null. */
      catchUp(upTo: number | null): number | null {
        const target = upTo ?? lastRow;
        return search.index(CATCH_UP_SLICE_MS) || search.indexedUpTo() >= target ? null : target;
      },
      list: (filter: SearchFilter, place: ListPlace, limit: number) =>
        toPage(find(filter, counts.total), toRowPlace(place), limit),
      matching: (id: string, filters: readonly SearchFilter[]) => matching(toRow(id) ?? 0, filters),
      tries: (id: string) => ifRow(id, table.tries) ?? [],
      setAnswer(id: string, answer: LateAnswer) {
        return ifRow(id, (row) => {
          table.setAnswer(row, answer);
          return table.summary(row);
        });
      },
      summary: (id: string) => ifRow(id, table.summary),
      get: (id: string) =>
        ifRow(id, (row) => {
          const found = table.get(row);
          return found && { ...found, attempts: attempts.of(row) };
        }),
      content: (id: string) => ifRow(id, table.content),
      bodyRange: (id: string, offset: number, length: number | null) =>
        ifRow(id, (row) => table.bodyRange(row, offset, length)),
      setPinned(id: string, pinned: boolean) {
        return ifRow(id, (row) => {
          recounted([row], () => table.setPinned(row, pinned));
          return table.summary(row);
        });
      },
      setNote(id: string, note: string) {
        return ifRow(id, (row) => {
          table.setNote(row, note);
          return table.summary(row);
        });
      },
      setVerification(id: string, verification: Verification) {
        return ifRow(id, (row) => {
          recounted([row], () => table.setVerification(row, verification));
          return table.summary(row);
        });
      },
      unproven: (webhookId: string | null, limit: number) => table.unproven(webhookId, limit).map(toId),
      hide(ids: readonly string[]) {
        const rows = toRows(ids);
        return recounted(rows, () => removal.hide(rows)).map(toId);
      },
      restore(ids: readonly string[]) {
        const rows = toRows(ids);
        return recounted(rows, () => removal.restore(rows)).map(toId);
      },
      /** Erases one slice of what is not pinned; the caller asks again until it answers 0. */
      clearSlice: () => eraseOldest({ deliveries: Number.POSITIVE_INFINITY, bytes: 0 }).length,
      /**
       * Erases one slice of all there is up to row `upTo` (null: the newest), pinned and hidden included; the caller asks
       * again, with the row that it answers, until nothing was erased.
       */
      eraseSlice(upTo: number | null): { erased: number; upTo: number } {
        const target = upTo ?? lastRow;
        const rows = eraser.next(ERASE_ALL_SLICE, target);
        const last = rows.at(-1);
        if (last === undefined) return { erased: 0, upTo: target };
        recounted(rows, () => eraser.eraseUpTo(last, lastRow));
        return { erased: rows.length, upTo: target };
      },
      scrub: eraser.scrub,
      holdings: eraser.holdings,
      facts: eraser.facts,
      addAttempt: (attempt: NewAttempt) => attempts.add(attempt),
      addGap: (gap: NewGap) => gaps.add(gap),
      endGap: (id: string, to: number) => gaps.end(id, to),
      gaps: () => gaps.list(),
      clearGaps: () => gaps.clear(),
      ...runs,
      activity: activity.count,
      sameBodies: twins.sameBodies,
      seenVideosSlice: captured.seenVideosSlice,
      capturedSlice: captured.capturedSlice,
      recentSubjects: subjects.recent,
      subjectCounts: subjects.counts,
      subjectRows: subjects.rows,
      summaries: table.summaries,
      setLimits(next: Limits) {
        limits = next;
      },
      readState: (name: string) => readState.get(name) ?? null,
      dropState: (name: string) => void dropState.run(name),
      writeState: (name: string, value: string) => void writeState.run(name, value),
    },
  };

  function eraseOldest(surplus: Surplus): number[] {
    // Counted once they are gone for good: a disk that is full may keep them.
    const erased = removal.eraseOldest(surplus);
    for (const { state, bytes } of erased) count({ state, n: 1, pinned: 0, bytes, pinnedBytes: 0 }, -1);
    return erased.map(({ id }) => id);
  }
}

/** A text that is no id of ours stands for the place before all rows. */
function toRowPlace({ before, after, around, skip }: ListPlace): RowPlace {
  if (skip !== undefined) return { kind: "skip", count: skip };
  if (after != null) return { kind: "after", row: toRow(after) ?? 0 };
  if (around != null) return { kind: "around", row: toRow(around) ?? 0 };
  return { kind: "before", row: before == null ? null : (toRow(before) ?? 0) };
}

function ifRow<T>(id: string, read: (row: number) => T): T | undefined {
  const row = toRow(id);
  return row === null ? undefined : read(row);
}

function toRows(ids: readonly string[]): number[] {
  return ids.map(toRow).filter((row) => row !== null);
}
