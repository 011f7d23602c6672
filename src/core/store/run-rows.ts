import { type AttemptNotice, toAttemptNotice } from "#shared/domain/attempt.ts";
import type { Fault } from "#shared/domain/fault.ts";
import { toHeaderPairs } from "#shared/domain/headers.ts";
import type { ResultReason } from "#shared/domain/run.ts";
import type { NewResult, RunDelivery } from "../lib/stored-run.ts";
import { type NewAttemptRow, toAttemptRow, toNumberedAttempt } from "./attempt-table.ts";
import { type NewAttempt, toId } from "./stored-delivery.ts";

/**
 * What a run sends and what came of it, as rows of plain values: thousands a second go to the store's thread and back, and
 * nested ones take that ten times as long. They are taken apart and put together outside of it.
 */

/** The next sendings of a run; the bodies lie in one buffer, one after the other. */
export interface AheadRows {
  readonly rows: readonly AheadRow[];
  readonly bodies: Uint8Array;
}

export interface AheadRow {
  readonly seq: number;
  readonly delivery_id: number;
  readonly copy: number;
  readonly target: string;
  readonly route: string | null;
  readonly fault: string | null;
  readonly offset_ms: number;
  /** Null where the delivery is gone, as the two below. */
  readonly method: string | null;
  readonly path: string | null;
  readonly headers: string | null;
  readonly bodyBytes: number;
}

/** What came of a sending: a new attempt, and why there is no answer. */
export interface SentRow extends NewAttemptRow {
  readonly kind: "replay";
  readonly copy: number;
  readonly seq: number;
  readonly reason: ResultReason | null;
  readonly message: string | null;
}

export interface UnsentRow {
  readonly kind: "unsent";
  readonly seq: number;
  readonly reason: ResultReason;
  readonly message: string;
}

/** Faults are kept as JSON: written by us, from what the contract let through. */
export function faultOf({ fault }: { readonly fault: string | null }): Fault | undefined {
  return fault === null ? undefined : (JSON.parse(fault) as Fault);
}

export function toRunDeliveries({ rows, bodies }: AheadRows): RunDelivery[] {
  let end = 0;
  return rows.map((row) => {
    const start = end;
    end += row.bodyBytes;
    return toRunDelivery(row, bodies.subarray(start, end));
  });
}

function toRunDelivery(row: AheadRow, body: Uint8Array): RunDelivery {
  const { seq, delivery_id, copy, target, route, offset_ms, method, path, headers } = row;
  const fault = faultOf(row);
  const isThere = method !== null && path !== null && headers !== null;
  return {
    ...{ seq, copy, target, deliveryId: toId(delivery_id), offsetMs: offset_ms },
    ...(route !== null && { route }),
    ...(fault !== undefined && { fault }),
    // Written by us as JSON of Node's flat list.
    request: isThere ? { method, path, headers: toHeaderPairs(JSON.parse(headers) as string[]), body } : null,
  };
}

export function toResultRow(runId: string, result: NewResult): SentRow | UnsentRow {
  const { kind, seq, copy } = result;
  if (kind === "unsent") return { kind, seq, reason: result.reason, message: result.message };
  const { outcome } = result;
  const why = outcome.kind === "answered" ? { reason: null, message: null } : outcome;
  const { reason, message } = why;
  return { ...toAttemptRow(toNewAttempt(runId, result)), kind: "replay", copy, seq, reason, message };
}

/** For clients. */
export function toNotice(runId: string, result: Extract<NewResult, { kind: "sent" }>, row: number): AttemptNotice {
  return toAttemptNotice(toNumberedAttempt(toNewAttempt(runId, result), row));
}

function toNewAttempt(runId: string, result: Extract<NewResult, { kind: "sent" }>): NewAttempt {
  const { seq: _, ...sent } = result;
  return { ...sent, kind: "replay", runId };
}
