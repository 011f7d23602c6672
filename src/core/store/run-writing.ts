import type { Database } from "better-sqlite3";
import { type AttemptVerdict, verdictOfStatus } from "#shared/domain/attempt.ts";
import type { RunSummary, RunTally } from "#shared/domain/run.ts";
import { isExpected } from "#shared/domain/verdict.ts";
import type { AttemptTable } from "./attempt-table.ts";
import { faultOf, type SentRow, type UnsentRow } from "./run-rows.ts";
import type { RunTable } from "./run-table.ts";
import { createRunVerdicts, type Judged } from "./run-verdicts.ts";

/** The run after its results were written, and for each of them its attempt; null where there is none. */
export interface WrittenRows {
  readonly run: RunSummary;
  readonly attempts: readonly (number | null)[];
}

/** Writes what came of a run's sendings, with verdicts, all in one transaction. Undefined where the run is gone. */
export function createRunWriting(db: Database, runs: RunTable, attempts: AttemptTable) {
  const judge = createRunVerdicts(db);
  const update =
    db.prepare(`UPDATE run_results SET outcome = ?, fault = ?, attempt_id = ?, started_at = ?, ms = ?, status = ?,
    reason = ?, message = ?, verdict = ?, compared_attempt = ?, compared_status = ?, compared_reason = ?
    WHERE run_id = ? AND seq = ? AND outcome = 'waiting'`);

  function writeUnsent(run: number, { reason, message, seq }: UnsentRow): void {
    update.run("unsent", null, null, null, null, null, reason, message, null, null, null, null, run, seq);
  }

  /** Answers the row of its attempt; null where the delivery was erased while it was on its way. */
  function writeSent(run: number, sent: SentRow, outcome: AttemptVerdict, { verdict, earlier }: Judged): number | null {
    const attempt = attempts.insert(sent);
    update.run(
      ...[outcome, sent.fault, attempt, sent.startedAt, sent.ms, sent.status, sent.reason, sent.message, verdict],
      ...[earlier?.attempt ?? null, earlier?.status ?? null, earlier?.reason ?? null],
      ...[run, sent.seq],
    );
    return attempt;
  }

  return db.transaction((run: number, results: readonly (SentRow | UnsentRow)[]): WrittenRows | undefined => {
    const before = runs.get(run);
    if (before === undefined) return undefined;
    const tally: Partial<RunTally> = {};
    const count = (key: keyof RunTally): void => {
      tally[key] = (tally[key] ?? 0) + 1;
    };
    const sent = results.filter((result) => result.kind === "replay");
    const judged = judge(run, sent, before.options).values();
    const written = results.map((result) => {
      if (result.kind === "unsent") {
        writeUnsent(run, result);
        count("unsent");
        return null;
      }
      // There is one for each that was sent.
      const judgement = judged.next().value ?? { verdict: "first", earlier: null };
      const outcome = verdictOfStatus(result.status);
      count(outcome);
      if (isExpected(result, faultOf(result))) count("expected");
      count(judgement.verdict);
      return writeSent(run, result, outcome, judgement);
    });
    const after = runs.addTally(run, tally);
    return after && { run: after, attempts: written };
  });
}
