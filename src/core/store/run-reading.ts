import type { Database } from "better-sqlite3";
import type { ReadAhead } from "../lib/stored-run.ts";
import type { AheadRow, AheadRows } from "./run-rows.ts";

type StoredRow = Omit<AheadRow, "bodyBytes"> & { readonly body: Buffer | null };

/** Reads what a run sends next, a bounded part of it at a time. */
export function createRunReading(db: Database): (run: number, after: number, bounds: ReadAhead) => AheadRows {
  const waiting = db.prepare<[number, number, number], StoredRow>(`
    SELECT r.seq, r.delivery_id, r.copy, r.target, r.route, r.fault, r.offset_ms, d.method, d.path, c.headers, c.body
    FROM run_results r LEFT JOIN deliveries d ON d.id = r.delivery_id AND d.deleted = 0 LEFT JOIN contents c ON c.id = d.id
    WHERE r.run_id = ? AND r.seq > ? AND r.outcome = 'waiting' ORDER BY r.seq LIMIT ?`);

  return (run, after, { deliveries, bytes }) => {
    const rows: AheadRow[] = [];
    const bodies: Buffer[] = [];
    let size = 0;
    for (const { body, ...row } of waiting.iterate(run, after, deliveries)) {
      const bodyBytes = body?.byteLength ?? 0;
      size += bodyBytes + (row.headers?.length ?? 0);
      if (rows.length > 0 && size > bytes) break;
      rows.push({ ...row, bodyBytes });
      if (body !== null) bodies.push(body);
    }
    return { rows, bodies: Buffer.concat(bodies) };
  };
}
