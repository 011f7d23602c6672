import type { Database } from "better-sqlite3";
import { Attempt, AttemptOutcome } from "#shared/domain/attempt.ts";
import { AppError } from "#shared/errors.ts";
import { type NewAttempt, roundMs, toId, toRow, toRunId, toRunRow } from "./stored-delivery.ts";

export interface AttemptTable {
  /** Throws AppError `delivery.not_found` for a delivery that was erased while it was on its way; nothing is written. */
  add(attempt: NewAttempt): Attempt;
  /** Oldest first. */
  of(row: number): Attempt[];
}

interface AttemptRow {
  readonly id: number;
  readonly delivery_id: number;
  readonly kind: string;
  readonly target: string;
  readonly target_name: string | null;
  readonly route: string | null;
  readonly started_at: number;
  readonly ms: number;
  readonly outcome: string;
  readonly body: Buffer | null;
  readonly run_id: number | null;
  readonly fault: string | null;
}

/** The answer's body lies in a column of its own, as bytes; the rest of the outcome is JSON. */
export function createAttemptTable(db: Database): AttemptTable {
  const insert = db.prepare(`INSERT INTO attempts
    (delivery_id, kind, target, target_name, route, started_at, ms, status, outcome, body, run_id, fault, copy)
    SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM deliveries WHERE id = ?`);
  const select = db.prepare<[number], AttemptRow>("SELECT * FROM attempts WHERE delivery_id = ? ORDER BY id");

  return {
    add({ copy, ...attempt }) {
      const { outcome, fault } = attempt;
      const isAnswered = outcome.kind === "answered";
      const { changes, lastInsertRowid } = insert.run(
        attempt.kind,
        attempt.target,
        attempt.targetName ?? null,
        attempt.route ?? null,
        attempt.startedAt,
        roundMs(attempt.ms),
        isAnswered ? outcome.status : null,
        JSON.stringify(isAnswered ? { ...outcome, bodyBase64: "" } : outcome),
        isAnswered ? Buffer.from(outcome.bodyBase64, "base64") : null,
        attempt.runId === undefined ? null : toRunRow(attempt.runId),
        fault === undefined ? null : JSON.stringify(fault),
        copy ?? null,
        toRow(attempt.deliveryId),
      );
      // The number of the last insertion would be another attempt's.
      if (changes === 0) throw new AppError("delivery.not_found", `Delivery ${attempt.deliveryId} is gone.`);
      return {
        ...attempt,
        id: `a${lastInsertRowid}`,
        startedAt: new Date(attempt.startedAt).toISOString(),
        ms: roundMs(attempt.ms),
      };
    },
    of: (row) => select.all(row).map(toAttempt),
  };
}

function toAttempt(row: AttemptRow): Attempt {
  const outcome = AttemptOutcome.parse(JSON.parse(row.outcome));
  return Attempt.parse({
    id: `a${row.id}`,
    deliveryId: toId(row.delivery_id),
    kind: row.kind,
    target: row.target,
    ...(row.target_name !== null && { targetName: row.target_name }),
    ...(row.route !== null && { route: row.route }),
    startedAt: new Date(row.started_at).toISOString(),
    ms: row.ms,
    outcome: outcome.kind === "answered" ? { ...outcome, bodyBase64: row.body?.toString("base64") ?? "" } : outcome,
    ...(row.run_id !== null && { runId: toRunId(row.run_id) }),
    ...(row.fault !== null && { fault: JSON.parse(row.fault) }),
  });
}
