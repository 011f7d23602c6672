import type { Database } from "better-sqlite3";
import type { ResultReason, RunOptions, Verdict } from "#shared/domain/run.ts";
import { verdictBetween } from "#shared/domain/verdict.ts";
import { IS_COMPARABLE } from "./run-comparison.ts";
import { faultOf, type SentRow } from "./run-rows.ts";
import { toRunRow } from "./stored-delivery.ts";

/** What a result is compared with: its attempt, as long as that is kept, and what the target did. */
export interface Earlier {
  readonly attempt: number | null;
  readonly status: number | null;
  readonly reason: ResultReason | null;
}

export interface Judged {
  readonly verdict: Verdict;
  /** Null where there is nothing to compare with. */
  readonly earlier: Earlier | null;
}

/** `earlier`, with the place of the result that it is for among those that were asked about. */
interface EarlierRow extends Earlier {
  readonly place: number;
  readonly fault: string | null;
  readonly body: Buffer | null;
}

/**
 * Says what became of results since the last attempt at the same target, or since the run's baseline. All of a batch are
 * looked up by one statement: to call SQLite for each takes ten times as long as the lookup.
 */
export function createRunVerdicts(db: Database) {
  // What had another fault, or none, says nothing of this one; neither does another sending of the same delivery.
  const lastAttempts = db.prepare<[{ sent: string; run: number; bodies: number }], EarlierRow>(`
    SELECT j.key AS place, a.fault, a.id AS attempt, a.status, CASE WHEN a.status IS NULL THEN a.outcome ->> '$.reason' END AS reason,
      iif(:bodies, a.body, NULL) AS body
    FROM json_each(:sent) j CROSS JOIN attempts a ON a.id = (SELECT id FROM attempts
      WHERE delivery_id = j.value ->> 0 AND target = j.value ->> 1 AND fault IS j.value ->> 2
      AND coalesce(copy, 1) = j.value ->> 3 AND run_id IS NOT :run ORDER BY id DESC LIMIT 1)`);
  const inBaseline = db.prepare<[{ sent: string; run: number; baseline: number | null; bodies: number }], EarlierRow>(`
    SELECT j.key AS place, r.fault, a.id AS attempt, r.status, r.reason, iif(:bodies, a.body, NULL) AS body
    FROM json_each(:sent) j CROSS JOIN run_results own ON own.run_id = :run AND own.seq = j.value
    CROSS JOIN run_results r ON r.run_id = :baseline AND r.seq = (SELECT s.seq FROM run_results s
      WHERE s.run_id = :baseline AND s.delivery_id = own.delivery_id AND s.copy = own.copy
      AND s.outcome NOT IN ('waiting', 'unsent') AND ${IS_COMPARABLE("s", "own")} LIMIT 1)
    LEFT JOIN attempts a ON a.id = r.attempt_id AND a.delivery_id = r.delivery_id`);

  function earlierThan(run: number, sent: readonly SentRow[], { baseline, compareBody }: RunOptions) {
    const bodies = compareBody === undefined ? 0 : 1;
    if (baseline !== undefined) {
      const places = JSON.stringify(sent.map(({ seq }) => seq));
      return inBaseline.iterate({ sent: places, run, baseline: toRunRow(baseline), bodies });
    }
    const like = sent.map(({ delivery, target, fault, copy }) => [delivery, target, fault, copy]);
    return lastAttempts.iterate({ sent: JSON.stringify(like), run, bodies });
  }

  /** One for each of `sent`, in their order. */
  return (run: number, sent: readonly SentRow[], options: RunOptions): Judged[] => {
    const rule = options.compareBody ?? null;
    const judged = sent.map((): Judged => ({ verdict: "first", earlier: null }));
    // One after the other: together the bodies may be large.
    for (const { place, body, fault, ...earlier } of earlierThan(run, sent, options)) {
      const row = sent[place];
      if (row === undefined) continue;
      const { status, reason } = row;
      const after = {
        status,
        reason,
        body: rule === null || row.body === null ? null : Buffer.from(row.body, "base64"),
      };
      const before = { ...earlier, body, fault: faultOf({ fault }) };
      judged[place] = { verdict: verdictBetween(before, { ...after, fault: faultOf(row) }, rule), earlier };
    }
    return judged;
  };
}
