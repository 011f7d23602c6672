import type { Database } from "better-sqlite3";
import { Attempt, AttemptOutcome } from "#shared/domain/attempt.ts";
import { AppError } from "#shared/errors.ts";
import { type NewAttempt, roundMs, toId, toRow, toRunId, toRunRow } from "./stored-delivery.ts";

export interface AttemptTable {
  /** Throws AppError `delivery.not_found` for a delivery that was erased while it was on its way; nothing is written. */
  add(attempt: NewAttempt): Attempt;
  /** Answers the row's number; null, and nothing written, where the delivery was erased while it was on its way. */
  insert(row: NewAttemptRow): number | null;
  /** Oldest first. */
  of(row: number): Attempt[];
}

/** A new attempt as its columns have it. */
export interface NewAttemptRow {
  readonly delivery: number | null;
  readonly kind: string;
  readonly target: string;
  readonly targetName: string | null;
  readonly route: string | null;
  readonly startedAt: number;
  readonly ms: number;
  readonly status: number | null;
  /** JSON, without the body. */
  readonly outcome: string;
  /** Base64. */
  readonly body: string | null;
  readonly run: number | null;
  /** JSON. */
  readonly fault: string | null;
  readonly copy: number | null;
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

  function insertRow(row: NewAttemptRow): number | null {
    const { changes, lastInsertRowid } = insert.run(
      ...[row.kind, row.target, row.targetName, row.route, row.startedAt, row.ms, row.status, row.outcome],
      row.body === null ? null : Buffer.from(row.body, "base64"),
      ...[row.run, row.fault, row.copy, row.delivery],
    );
    // The number of the last insertion would be another attempt's.
    return changes === 0 ? null : Number(lastInsertRowid);
  }

  return {
    insert: insertRow,
    add(attempt) {
      const id = insertRow(toAttemptRow(attempt));
      if (id === null) throw new AppError("delivery.not_found", `Delivery ${attempt.deliveryId} is gone.`);
      return toNumberedAttempt(attempt, id);
    },
    of: (row) => select.all(row).map(toAttempt),
  };
}

export function toAttemptRow(attempt: NewAttempt): NewAttemptRow {
  const { kind, target, outcome, fault, runId } = attempt;
  const isAnswered = outcome.kind === "answered";
  return {
    ...{ kind, target, startedAt: attempt.startedAt, ms: roundMs(attempt.ms) },
    delivery: toRow(attempt.deliveryId),
    targetName: attempt.targetName ?? null,
    route: attempt.route ?? null,
    status: isAnswered ? outcome.status : null,
    outcome: JSON.stringify(isAnswered ? { ...outcome, bodyBase64: "" } : outcome),
    body: isAnswered ? outcome.bodyBase64 : null,
    run: runId === undefined ? null : toRunRow(runId),
    fault: fault === undefined ? null : JSON.stringify(fault),
    copy: attempt.copy ?? null,
  };
}

/** What a new attempt is once it has its row. */
export function toNumberedAttempt({ copy: _, ...attempt }: NewAttempt, row: number): Attempt {
  const startedAt = new Date(attempt.startedAt).toISOString();
  return { ...attempt, id: `a${row}`, startedAt, ms: roundMs(attempt.ms) };
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
