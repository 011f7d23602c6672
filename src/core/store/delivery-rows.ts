import { AnsweredBy } from "#shared/domain/answered-by.ts";
import type { DeliverySummary, Timings } from "#shared/domain/delivery.ts";
import { Fault } from "#shared/domain/fault.ts";
import { elapsedMs, roundMs, toId } from "./stored-delivery.ts";

/** One row of `SELECT ${SUMMARY_COLUMNS} FROM deliveries d`. */
export interface SummaryRow {
  readonly id: number;
  readonly received_at: number;
  readonly last_byte_ms: number;
  readonly verified_ms: number;
  readonly source: DeliverySummary["source"];
  readonly origin_id: number | null;
  readonly method: string;
  readonly path: string;
  readonly type: string | null;
  readonly detail: string | null;
  readonly emitted_at: string | null;
  readonly video_id: string | null;
  readonly live_stream_id: string | null;
  readonly state: DeliverySummary["verification"]["state"];
  readonly cause: NonNullable<DeliverySummary["verification"]["cause"]> | null;
  readonly webhook_id: string | null;
  readonly status: number | null;
  readonly incomplete: NonNullable<DeliverySummary["incomplete"]> | null;
  readonly body_bytes: number;
  readonly duplicate_of: number | null;
  readonly pinned: number;
  readonly note: string | null;
  readonly attempts: number;
  readonly last_attempt: string | null;
  readonly answer_ms: number | null;
  readonly answer_by: string | null;
  readonly first_id: number | null;
  readonly committed_at: number | null;
  readonly answered_ms: Buffer | null;
}

/**
 * The commit of a delivery is the last one that starts at or before its id; the attempts are counted where they lie.
 * Both are index look-ups for the at most 500 rows of a page, and nothing is kept twice.
 */
export const SUMMARY_COLUMNS = `
  d.*, c.first_id, c.committed_at, c.answered_ms,
  (SELECT count(*) FROM attempts a WHERE a.delivery_id = d.id) AS attempts,
  (SELECT json_array(a.status, a.ms, a.fault) FROM attempts a WHERE a.delivery_id = d.id ORDER BY a.id DESC LIMIT 1) AS last_attempt`;

/** Behind `FROM deliveries d`, or whatever else brings its rows. */
export const JOIN_COMMITS = `LEFT JOIN commits c
  ON c.first_id = (SELECT max(first_id) FROM commits WHERE first_id <= d.id)`;

export function toSummary(row: SummaryRow): DeliverySummary {
  const answeredMs = answeredMsOf(row);
  return {
    id: toId(row.id),
    receivedAt: isoTime(row.received_at),
    source: row.source,
    ...(row.origin_id !== null && { originId: toId(row.origin_id) }),
    pinned: row.pinned === 1,
    ...(row.note !== null && { note: row.note }),
    ...(row.incomplete !== null && { incomplete: row.incomplete }),
    method: row.method,
    path: row.path,
    type: row.type,
    ...(row.detail !== null && { detail: row.detail }),
    ...(row.emitted_at !== null && { emittedAt: row.emitted_at }),
    subject: {
      ...(row.video_id !== null && { videoId: row.video_id }),
      ...(row.live_stream_id !== null && { liveStreamId: row.live_stream_id }),
    },
    verification: { state: row.state, ...(row.cause !== null && { cause: row.cause }) },
    ...(row.webhook_id !== null && { webhookId: row.webhook_id }),
    answered: row.status !== null && answeredMs !== null ? { status: row.status, ms: answeredMs, ...byOf(row) } : null,
    bodyBytes: row.body_bytes,
    ...(row.duplicate_of !== null && { duplicateOf: toId(row.duplicate_of) }),
    attempts: row.attempts,
    ...lastAttemptOf(row),
  };
}

export function toTimings(row: SummaryRow): Timings {
  return {
    firstByteAt: isoTime(row.received_at),
    lastByteMs: row.last_byte_ms,
    verifiedMs: row.verified_ms,
    // What was imported was committed long after.
    committedMs:
      isCommitKnown(row) && row.source !== "imported" ? elapsedMs(row.received_at, row.committed_at ?? 0) : null,
    answeredMs: answeredMsOf(row),
  };
}

/** Milliseconds from first byte to answer, from the row or the commit's list; null where it was lost or nobody was answered. */
function answeredMsOf(row: SummaryRow): number | null {
  if (row.answer_ms !== null) return row.answer_ms;
  if (!isCommitKnown(row) || row.answered_ms === null || row.first_id === null) return null;
  const ms = row.answered_ms.readFloatLE((row.id - row.first_id) * 4);
  return Number.isNaN(ms) ? null : roundMs(ms);
}

function byOf({ answer_by }: SummaryRow): { by?: AnsweredBy } {
  return answer_by === null ? {} : { by: AnsweredBy.parse(JSON.parse(answer_by)) };
}

/** A commit's row is written after the fact; with a crash in between, the one found belongs to an earlier commit. */
function isCommitKnown(row: SummaryRow): boolean {
  if (row.first_id === null || row.answered_ms === null) return false;
  return row.id < row.first_id + row.answered_ms.byteLength / 4;
}

function lastAttemptOf(row: SummaryRow): Pick<DeliverySummary, "lastAttempt"> {
  if (row.last_attempt === null) return {};
  // json_array(status, ms, fault) of typed columns; the last one holds JSON as text.
  const [status, ms, fault] = JSON.parse(row.last_attempt) as [number | null, number, string | null];
  const verdict = status === null ? "unreachable" : status >= 200 && status < 300 ? "accepted" : "refused";
  return { lastAttempt: { status, ms, verdict, ...(fault !== null && { fault: Fault.parse(JSON.parse(fault)) }) } };
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
