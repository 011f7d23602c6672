import type { Database } from "better-sqlite3";
import type { Fault } from "#shared/domain/fault.ts";
import { toHeaderPairs } from "#shared/domain/headers.ts";
import type { ReadAhead, RunDelivery } from "../lib/stored-run.ts";
import { toId } from "./stored-delivery.ts";

interface AheadRow {
  readonly seq: number;
  readonly delivery_id: number;
  readonly copy: number;
  readonly target: string;
  readonly route: string | null;
  readonly fault: string | null;
  readonly offset_ms: number;
  readonly method: string | null;
  readonly path: string | null;
  readonly headers: string | null;
  readonly body: Buffer | null;
}

/** Reads what a run sends next, a bounded part of it at a time. */
export function createRunReading(db: Database): (run: number, after: number, bounds: ReadAhead) => RunDelivery[] {
  const waiting = db.prepare<[number, number, number], AheadRow>(`
    SELECT r.seq, r.delivery_id, r.copy, r.target, r.route, r.fault, r.offset_ms, d.method, d.path, c.headers, c.body FROM run_results r
    LEFT JOIN deliveries d ON d.id = r.delivery_id AND d.deleted = 0 LEFT JOIN contents c ON c.id = d.id
    WHERE r.run_id = ? AND r.seq > ? AND r.outcome = 'waiting' ORDER BY r.seq LIMIT ?`);

  return (run, after, { deliveries, bytes }) => {
    const ahead: RunDelivery[] = [];
    let size = 0;
    for (const row of waiting.iterate(run, after, deliveries)) {
      size += (row.body?.byteLength ?? 0) + (row.headers?.length ?? 0);
      if (ahead.length > 0 && size > bytes) break;
      ahead.push(toRunDelivery(row));
    }
    return ahead;
  };
}

function toRunDelivery(row: AheadRow): RunDelivery {
  const { seq, delivery_id, copy, target, route, fault, offset_ms, method, path, headers, body } = row;
  const isThere = method !== null && path !== null && headers !== null && body !== null;
  return {
    seq,
    deliveryId: toId(delivery_id),
    copy,
    target,
    ...(route !== null && { route }),
    // Written by us, from what the contract let through.
    ...(fault !== null && { fault: JSON.parse(fault) as Fault }),
    offsetMs: offset_ms,
    // Written by us as JSON of Node's flat list.
    request: isThere ? { method, path, headers: toHeaderPairs(JSON.parse(headers) as string[]), body } : null,
  };
}
