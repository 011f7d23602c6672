import type { Database } from "better-sqlite3";
import type { ComparedResult, ResultReason } from "#shared/domain/run.ts";
import { type BodyRule, verdictBetween } from "#shared/domain/verdict.ts";
import { toAttemptId } from "./run-result-table.ts";
import { faultOf } from "./run-rows.ts";
import type { Slice } from "./slices.ts";
import { toId } from "./stored-delivery.ts";

/** A result of one run, and the other run's of the same delivery; `other_seq` is null where it has none. */
interface PairRow {
  readonly seq: number;
  readonly delivery_id: number;
  readonly copy: number;
  readonly target: string | null;
  readonly fault: string | null;
  readonly status: number | null;
  readonly reason: ResultReason | null;
  readonly attempt: number | null;
  readonly body: Buffer | null;
  readonly other_seq: number | null;
  readonly other_fault: string | null;
  readonly other_status: number | null;
  readonly other_reason: ResultReason | null;
  readonly other_attempt: number | null;
  readonly other_body: Buffer | null;
}

/** What is compared, by row number of the runs; `rule` null means that bodies do not count. */
export interface ComparedRuns {
  readonly before: number;
  readonly after: number;
  readonly rule: BodyRule | null;
}

export interface RunComparison {
  /** A slice of the results of `after`, each beside the one of `before`. */
  compared(runs: ComparedRuns, from: number | null): Slice<ComparedResult>;
  /** A slice of the results of `before` whose deliveries `after` has no result of. */
  left(runs: ComparedRuns, from: number | null): Slice<ComparedResult>;
}

/** Results looked at at a time: some milliseconds. Bodies are read, and taken apart where they are JSON. */
const SLICE = 2_000;
const SLICE_WITH_BODIES = 100;

const KEPT_ATTEMPT = (result: string, attempt: string) => `LEFT JOIN attempts ${attempt}
  ON ${attempt}.id = ${result}.attempt_id AND ${attempt}.delivery_id = ${result}.delivery_id`;

/**
 * Another server may be compared with, but where routes chose the targets of both only the same one. For the end of a
 * WHERE; orders as well: the same target first, then the later result.
 */
export const IS_COMPARABLE = (earlier: string, later: string) =>
  `(${earlier}.target IS ${later}.target OR ${earlier}.route IS NULL OR ${later}.route IS NULL)
  ORDER BY ${earlier}.target IS ${later}.target DESC, ${earlier}.seq DESC`;

/** Compares two runs slice by slice, so that deliveries are written in between. */
export function createRunComparison(db: Database): RunComparison {
  const pairs = db.prepare<[{ own: number; other: number; from: number; limit: number; bodies: number }], PairRow>(`
    SELECT r.seq, r.delivery_id, r.copy, r.target, r.fault, r.status, r.reason, ra.id AS attempt, iif(:bodies, ra.body, NULL) AS body,
      o.seq AS other_seq, o.fault AS other_fault, o.status AS other_status, o.reason AS other_reason, oa.id AS other_attempt,
      iif(:bodies, oa.body, NULL) AS other_body
    FROM run_results r LEFT JOIN run_results o ON o.run_id = :other AND o.seq = (SELECT s.seq FROM run_results s
      WHERE s.run_id = :other AND s.delivery_id = r.delivery_id AND s.copy = r.copy AND s.started_at IS NOT NULL
      AND ${IS_COMPARABLE("s", "r")} LIMIT 1)
    ${KEPT_ATTEMPT("r", "ra")} ${KEPT_ATTEMPT("o", "oa")}
    WHERE r.run_id = :own AND r.seq > :from AND r.started_at IS NOT NULL ORDER BY r.seq LIMIT :limit`);

  function slice<T>(own: number, other: number, from: number | null, bodies: boolean, read: (row: PairRow) => T[]) {
    const limit = bodies ? SLICE_WITH_BODIES : SLICE;
    const rows = pairs.all({ own, other, from: from ?? 0, limit, bodies: bodies ? 1 : 0 });
    return { found: rows.flatMap(read), next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) };
  }

  return {
    compared: ({ before, after, rule }, from) =>
      slice(after, before, from, rule !== null, (row) => [toCompared(row, rule)]),
    left: ({ before, after }, from) =>
      slice(before, after, from, false, (row) => (row.other_seq === null ? [toLeft(row)] : [])),
  };
}

function toCompared(row: PairRow, rule: BodyRule | null): ComparedResult {
  const about = aboutOf(row);
  const after = toReaction(row);
  if (row.other_seq === null) return { ...about, verdict: "only-after", before: null, after };
  const before = { attemptId: toAttemptId(row.other_attempt), status: row.other_status, reason: row.other_reason };
  // A body that is not kept any more cannot be compared, and what is not known is not said to differ.
  const known = row.attempt !== null && row.other_attempt !== null ? rule : null;
  const verdict = verdictBetween(
    { ...before, body: row.other_body, fault: faultOf({ fault: row.other_fault }) },
    { ...after, body: row.body, fault: faultOf(row) },
    known,
  );
  // There is one to compare with, so it is not the first.
  return { ...about, verdict: verdict === "first" ? "only-after" : verdict, before, after };
}

function toLeft(row: PairRow): ComparedResult {
  return { ...aboutOf(row), verdict: "only-before", before: toReaction(row), after: null };
}

function aboutOf({ delivery_id, copy, target }: PairRow) {
  return { deliveryId: toId(delivery_id), copy, ...(target !== null && { target }) };
}

function toReaction({ attempt, status, reason }: PairRow) {
  return { attemptId: toAttemptId(attempt), status, reason };
}
