import type { Database } from "better-sqlite3";
import {
  type Attempt,
  type AttemptNotice,
  type AttemptOutcome,
  toAttemptNotice,
  verdictOf,
} from "#shared/domain/attempt.ts";
import type { ResultReason, RunOptions, RunTally, Verdict } from "#shared/domain/run.ts";
import { type BodyRule, isExpected, type Reaction, verdictBetween } from "#shared/domain/verdict.ts";
import { AppError } from "#shared/errors.ts";
import type { NewResult, WrittenResults } from "../lib/stored-run.ts";
import type { AttemptTable } from "./attempt-table.ts";
import { IS_COMPARABLE } from "./run-comparison.ts";
import type { RunTable } from "./run-table.ts";
import { roundMs, toRow, toRunId, toRunRow } from "./stored-delivery.ts";

type Sent = Extract<NewResult, { kind: "sent" }>;

/** An earlier reaction to the same delivery, and the attempt that brought it, as long as that is kept. */
interface Earlier extends Reaction {
  readonly id: number | null;
  readonly reason: ResultReason | null;
}

/** Writes what came of a run's sendings, with verdicts, all in one transaction. Undefined where the run is gone. */
export function createRunWriting(db: Database, runs: RunTable, attempts: AttemptTable) {
  // What had another fault, or none, says nothing of this one; neither does another sending of the same delivery.
  const lastAttempt = db.prepare<[number, number | null, string, string | null, number, number], Earlier>(`
    SELECT id, status, CASE WHEN status IS NULL THEN outcome ->> '$.reason' END AS reason, iif(?, body, NULL) AS body
    FROM attempts WHERE delivery_id = ? AND target = ? AND fault IS ? AND coalesce(copy, 1) = ? AND run_id IS NOT ?
    ORDER BY id DESC LIMIT 1`);
  const inBaseline = db.prepare<[number, number | null, number, number], Earlier>(`
    SELECT a.id, r.status, r.reason, iif(?, a.body, NULL) AS body
    FROM run_results own JOIN run_results r ON r.run_id = ? AND r.delivery_id = own.delivery_id AND r.copy = own.copy
    LEFT JOIN attempts a ON a.id = r.attempt_id AND a.delivery_id = r.delivery_id
    WHERE own.run_id = ? AND own.seq = ? AND r.outcome NOT IN ('waiting', 'unsent') AND ${IS_COMPARABLE("r", "own")}
    LIMIT 1`);
  const update =
    db.prepare(`UPDATE run_results SET outcome = ?, fault = ?, attempt_id = ?, started_at = ?, ms = ?, status = ?,
    reason = ?, message = ?, verdict = ?, compared_attempt = ?, compared_status = ?, compared_reason = ?
    WHERE run_id = ? AND seq = ? AND outcome = 'waiting'`);

  function earlierThan(run: number, result: Sent, { baseline, compareBody }: RunOptions): Earlier | null {
    const { deliveryId, target, copy } = result;
    const withBody = compareBody === undefined ? 0 : 1;
    const row = toRow(deliveryId);
    const found =
      baseline === undefined
        ? lastAttempt.get(withBody, row, target, faultText(result), copy, run)
        : inBaseline.get(withBody, toRunRow(baseline), run, result.seq);
    return found ?? null;
  }

  /** Null where the delivery was erased while it was on its way. */
  function keepAttempt({ kind: _, seq: __, ...sent }: Sent, runId: string): Attempt | null {
    try {
      return attempts.add({ ...sent, kind: "replay", runId });
    } catch (error) {
      if (error instanceof AppError && error.code === "delivery.not_found") return null;
      throw error;
    }
  }

  function writeSent(run: number, result: Sent, options: RunOptions): { attempt: Attempt | null; verdict: Verdict } {
    const earlier = earlierThan(run, result, options);
    const { outcome, fault } = result;
    const isAnswered = outcome.kind === "answered";
    const status = statusOf(outcome);
    const reason = isAnswered ? null : outcome.reason;
    const rule: BodyRule | null = options.compareBody ?? null;
    const body = isAnswered && rule !== null ? Buffer.from(outcome.bodyBase64, "base64") : null;
    const verdict = verdictBetween(earlier, { status, reason, body }, rule, fault);
    const attempt = keepAttempt(result, toRunId(run));
    update.run(
      ...[verdictOf(outcome), faultText(result), attempt === null ? null : Number(attempt.id.slice(1))],
      ...[result.startedAt, roundMs(result.ms), status, reason, isAnswered ? null : outcome.message],
      ...[verdict, earlier?.id ?? null, earlier?.status ?? null, earlier?.reason ?? null],
      ...[run, result.seq],
    );
    return { attempt, verdict };
  }

  return db.transaction((run: number, results: readonly NewResult[]): WrittenResults | undefined => {
    const before = runs.get(run);
    if (before === undefined) return undefined;
    const tally: Partial<RunTally> = {};
    const count = (key: keyof RunTally): void => {
      tally[key] = (tally[key] ?? 0) + 1;
    };
    const notices: AttemptNotice[] = [];
    for (const result of results) {
      if (result.kind === "unsent") {
        const { reason, message, seq } = result;
        update.run("unsent", null, null, null, null, null, reason, message, null, null, null, null, run, seq);
        count("unsent");
        continue;
      }
      const { attempt, verdict } = writeSent(run, result, before.options);
      if (attempt !== null) notices.push(toAttemptNotice(attempt));
      count(verdictOf(result.outcome));
      if (isExpected({ status: statusOf(result.outcome) }, result.fault)) count("expected");
      count(verdict);
    }
    const after = runs.addTally(run, tally);
    return after && { run: after, attempts: notices };
  });
}

function faultText({ fault }: Sent): string | null {
  return fault === undefined ? null : JSON.stringify(fault);
}

function statusOf(outcome: AttemptOutcome): number | null {
  return outcome.kind === "answered" ? outcome.status : null;
}
