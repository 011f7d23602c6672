import type { Database } from "better-sqlite3";
import type { DeliveryCounts, DeliverySummary } from "#shared/domain/delivery.ts";
import { type HeaderPairs, toHeaderPairs } from "#shared/domain/headers.ts";
import type { Verification, VerificationState } from "#shared/domain/verification.ts";
import { DUPLICATE_WINDOW_MS } from "./append-batch.ts";
import { JOIN_COMMITS, SUMMARY_COLUMNS, type SummaryRow, toSummary, toTimings } from "./delivery-rows.ts";
import { type LateAnswer, roundMs, type StoredContent, type StoredDelivery } from "./stored-delivery.ts";

/** Reads and small changes of stored deliveries, by row number. */
export interface DeliveryTable {
  summary(row: number): DeliverySummary | undefined;
  /** Those of the rows that are there, newest first. */
  summaries(rows: readonly number[]): DeliverySummary[];
  get(row: number): StoredDelivery | undefined;
  content(row: number): StoredContent | undefined;
  bodyRange(row: number, offset: number, length: number | null): { bytes: Uint8Array; totalBytes: number } | undefined;
  setPinned(row: number, pinned: boolean): void;
  setNote(row: number, note: string): void;
  setVerification(row: number, verification: Verification): void;
  /** What was answered after the delivery was stored. */
  setAnswer(row: number, answer: LateAnswer): void;
  /** The row, the one that it repeats, and those that repeat that one, oldest first; a minute's worth at most. */
  tries(row: number): DeliverySummary[];
  /** Rows of this webhook (null: that name none) whose signature was not found to fit, newest first. */
  unproven(webhookId: string | null, limit: number): number[];
  counts(): DeliveryCounts & { pinned: number; pinnedBytes: number };
  /** The highest row number ever used. */
  lastRow(): number;
}

/** A sender that goes on and on is no more instructive for it. */
const MAX_TRIES = 50;

/** One row of what is counted by state; the column holds nothing but the four states. */
export interface Tally {
  readonly state: VerificationState;
  readonly n: number;
  readonly pinned: number;
  readonly bytes: number;
  readonly pinnedBytes: number;
}

export const TALLY_COLUMNS =
  "state, count(*) AS n, sum(pinned) AS pinned, sum(kept_bytes) AS bytes, sum(pinned * kept_bytes) AS pinnedBytes";

export function createDeliveryTable(db: Database): DeliveryTable {
  const one = db.prepare<[number], SummaryRow>(
    `SELECT ${SUMMARY_COLUMNS} FROM deliveries d ${JOIN_COMMITS} WHERE d.deleted = 0 AND d.id = ?`,
  );
  const several = db.prepare<[string], SummaryRow>(
    `SELECT ${SUMMARY_COLUMNS} FROM deliveries d ${JOIN_COMMITS}
    WHERE d.deleted = 0 AND d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id DESC`,
  );
  const content = db.prepare<[number], { headers: string; body: Buffer; body_sha256: Buffer }>(
    "SELECT headers, body, body_sha256 FROM contents WHERE id = ?",
  );
  const head = db.prepare<[number], { headers: string; body_sha256: Buffer }>(
    "SELECT headers, body_sha256 FROM contents WHERE id = ?",
  );
  const range = db.prepare<[number, number, number], { bytes: Buffer; total: number }>(
    "SELECT coalesce(substr(body, ?, ?), x'') AS bytes, length(body) AS total FROM contents WHERE id = ?",
  );
  const pin = db.prepare("UPDATE deliveries SET pinned = ? WHERE id = ?");
  const note = db.prepare("UPDATE deliveries SET note = ? WHERE id = ?");
  const verification = db.prepare("UPDATE deliveries SET state = ?, cause = ? WHERE id = ?");
  const answer = db.prepare("UPDATE deliveries SET status = ?, answer_ms = ?, answer_by = ? WHERE id = ?");
  // The index of times narrows it down: repeats come within a minute of the first, or before it where the clock was set back.
  const tries = db.prepare<[number], SummaryRow>(
    `WITH first AS (SELECT coalesce(duplicate_of, id) AS id FROM deliveries WHERE id = ?),
      start AS (SELECT received_at AS at FROM deliveries WHERE id = (SELECT id FROM first))
    SELECT ${SUMMARY_COLUMNS} FROM deliveries d ${JOIN_COMMITS}
    WHERE d.deleted = 0
      AND d.received_at BETWEEN (SELECT at FROM start) - ${DUPLICATE_WINDOW_MS} AND (SELECT at FROM start) + ${DUPLICATE_WINDOW_MS}
      AND (d.id = (SELECT id FROM first) OR d.duplicate_of = (SELECT id FROM first))
    ORDER BY d.id LIMIT ${MAX_TRIES}`,
  );
  const unproven = db
    .prepare<[string | null, number], number>(
      "SELECT id FROM deliveries WHERE state IN ('unchecked', 'failed') AND deleted = 0 AND incomplete IS NULL AND webhook_id IS ? ORDER BY id DESC LIMIT ?",
    )
    .pluck();
  const counted = db.prepare<[], Tally>(`SELECT ${TALLY_COLUMNS} FROM deliveries WHERE deleted = 0 GROUP BY state`);
  const highest = db
    .prepare(`SELECT max(
    (SELECT coalesce(max(id), 0) FROM deliveries),
    (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM app_state WHERE name = 'last-row'))`)
    .pluck();

  return {
    summary(row) {
      const found = one.get(row);
      return found && toSummary(found);
    },
    summaries: (rows) => several.all(JSON.stringify(rows)).map(toSummary),
    get(row) {
      const found = one.get(row);
      const rest = found && head.get(row);
      if (found === undefined || rest === undefined) return undefined;
      return {
        summary: toSummary(found),
        timings: toTimings(found),
        headers: parseHeaders(rest.headers),
        bodySha256: rest.body_sha256.toString("hex"),
      };
    },
    content(row) {
      const found = one.get(row) && content.get(row);
      return found && { headers: parseHeaders(found.headers), body: found.body };
    },
    bodyRange(row, offset, length) {
      // substr counts from 1; a length beyond the end is no error.
      const found = one.get(row) && range.get(offset + 1, length ?? Number.MAX_SAFE_INTEGER, row);
      return found && { bytes: found.bytes, totalBytes: found.total };
    },
    setPinned: (row, pinned) => void pin.run(pinned ? 1 : 0, row),
    setNote: (row, text) => void note.run(text === "" ? null : text, row),
    setVerification: (row, { state, cause }) => void verification.run(state, cause ?? null, row),
    setAnswer: (row, { status, ms, by }) => void answer.run(status, roundMs(ms), by ? JSON.stringify(by) : null, row),
    tries: (row) => tries.all(row).map(toSummary),
    unproven: (webhookId, limit) => unproven.all(webhookId, limit),
    counts() {
      const counts = {
        total: 0,
        verified: 0,
        failed: 0,
        unsigned: 0,
        unchecked: 0,
        pinned: 0,
        bytes: 0,
        pinnedBytes: 0,
      };
      for (const { state, n, pinned, bytes, pinnedBytes } of counted.all()) {
        counts.total += n;
        counts.pinned += pinned;
        counts.bytes += bytes;
        counts.pinnedBytes += pinnedBytes;
        counts[state] += n;
      }
      return counts;
    },
    lastRow: () => highest.get() as number,
  };
}

/** Written by us as JSON of Node's flat list. */
function parseHeaders(json: string): HeaderPairs {
  return toHeaderPairs(JSON.parse(json) as string[]);
}
