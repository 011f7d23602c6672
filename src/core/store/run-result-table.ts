import type { Database } from "better-sqlite3";
import type { ResultOutcome, ResultReason, RunPoint, RunResult, Verdict } from "#shared/domain/run.ts";
import { isExpected } from "#shared/domain/verdict.ts";
import type { ResultChoice } from "../lib/stored-run.ts";
import { faultOf } from "./run-rows.ts";
import { roundMs, toId } from "./stored-delivery.ts";

/** Reads the results of runs, by row number of the run. */
export interface RunResultTable {
  page(run: number, choice: ResultChoice): { results: RunResult[]; total: number };
  /** Those that are news and as many of the others as `limit` leaves room for; `total` counts all that were sent. */
  points(run: number, limit: number): { points: RunPoint[]; total: number };
}

interface ResultRow {
  readonly seq: number;
  readonly delivery_id: number;
  readonly copy: number;
  readonly target: string;
  readonly route: string | null;
  readonly fault: string | null;
  readonly received_at: number | null;
  readonly type: string | null;
  readonly detail: string | null;
  readonly outcome: ResultOutcome;
  readonly attempt_id: number | null;
  readonly started_at: number | null;
  readonly ms: number | null;
  readonly status: number | null;
  readonly reason: ResultReason | null;
  readonly message: string | null;
  readonly verdict: Verdict | null;
  readonly compared_attempt: number | null;
  readonly compared_status: number | null;
  readonly compared_reason: ResultReason | null;
}

interface PointRow {
  readonly seq: number;
  readonly delivery_id: number;
  readonly at_ms: number;
  readonly ms: number;
  readonly status: number | null;
  readonly reason: ResultReason | null;
  readonly verdict: Verdict | null;
  readonly outcome: ResultOutcome;
}

/** Attempts go with their delivery, and their numbers may come again: one counts only while it is this delivery's. */
const KEPT = (column: string) =>
  `(SELECT a.id FROM attempts a WHERE a.id = r.${column} AND a.delivery_id = r.delivery_id)`;

const NEWS = "verdict IN ('fixed', 'regressed', 'changed')";

export function createRunResultTable(db: Database): RunResultTable {
  // Not kept: what is right follows from the fault.
  db.function("is_expected", { deterministic: true }, (outcome, status, fault) =>
    toFlag(expectationOf({ outcome, status, fault } as AnswerColumns)),
  );
  const chosen = `r.run_id = :run AND (:verdict IS NULL OR r.verdict = :verdict) AND (:outcome IS NULL OR r.outcome = :outcome)
    AND (:expected IS NULL OR is_expected(r.outcome, r.status, r.fault) = :expected)`;
  type Chosen = { run: number; verdict: Verdict | null; outcome: ResultOutcome | null; expected: 0 | 1 | null };
  const page = db.prepare<[Chosen & { skip: number; limit: number }], ResultRow>(`
    SELECT r.*, ${KEPT("attempt_id")} AS attempt_id, ${KEPT("compared_attempt")} AS compared_attempt,
      d.received_at, d.type, d.detail
    FROM run_results r LEFT JOIN deliveries d ON d.id = r.delivery_id AND d.deleted = 0
    WHERE ${chosen} ORDER BY r.seq LIMIT :limit OFFSET :skip`);
  const count = db.prepare<[Chosen], number>(`SELECT count(*) FROM run_results r WHERE ${chosen}`).pluck();
  const sent = "run_id = ? AND started_at IS NOT NULL";
  const counted = db.prepare<[number], { total: number; news: number; first: number }>(`
    SELECT count(*) AS total, coalesce(sum(${NEWS}), 0) AS news, min(started_at) AS first FROM run_results WHERE ${sent}`);
  const points = db.prepare<[number, number, number, number], PointRow>(`
    SELECT seq, delivery_id, started_at - ? AS at_ms, ms, status, reason, verdict, outcome FROM run_results
    WHERE ${sent} AND (${NEWS} OR seq % ? = 0) ORDER BY seq LIMIT ?`);

  return {
    page(run, { verdict = null, outcome = null, expected = null, skip, limit }) {
      const which = { run, verdict, outcome, expected: toFlag(expected) };
      return { results: page.all({ ...which, skip, limit }).map(toResult), total: count.get(which) ?? 0 };
    },
    points(run, limit) {
      const { total, news, first } = counted.get(run) ?? { total: 0, news: 0, first: 0 };
      const every = Math.max(1, Math.ceil((total - news) / Math.max(1, limit - news)));
      return { points: points.all(first, run, every, limit).map(toPoint), total };
    },
  };
}

function toPoint({ delivery_id, at_ms, ...rest }: PointRow): RunPoint {
  return { ...rest, deliveryId: toId(delivery_id), atMs: roundMs(at_ms) };
}

function toResult(row: ResultRow): RunResult {
  const { seq, copy, outcome, ms, status, reason, message, verdict } = row;
  const fault = faultOf(row);
  const delivery = { type: row.type, ...(row.detail !== null && { detail: row.detail }) };
  const isCompared = verdict !== null && verdict !== "first";
  return {
    ...{ seq, copy, outcome, ms, status, reason, message, verdict },
    deliveryId: toId(row.delivery_id),
    target: row.target,
    ...(row.route !== null && { route: row.route }),
    ...(fault !== undefined && { fault }),
    isExpected: expectationOf(row),
    delivery: row.received_at === null ? null : { ...delivery, receivedAt: new Date(row.received_at).toISOString() },
    attemptId: toAttemptId(row.attempt_id),
    startedAt: row.started_at === null ? null : new Date(row.started_at).toISOString(),
    comparedWith: isCompared
      ? { attemptId: toAttemptId(row.compared_attempt), status: row.compared_status, reason: row.compared_reason }
      : null,
  };
}

type AnswerColumns = Pick<ResultRow, "outcome" | "status" | "fault">;

/** Whether an answer is as it should be; null before it came, or where nothing was sent. */
function expectationOf(row: AnswerColumns): boolean | null {
  return row.outcome === "waiting" || row.outcome === "unsent" ? null : isExpected(row, faultOf(row));
}

/** As SQLite has it. */
function toFlag(is: boolean | null): 0 | 1 | null {
  return is === null ? null : is ? 1 : 0;
}

export function toAttemptId(row: number | null): string | null {
  return row === null ? null : `a${row}`;
}
