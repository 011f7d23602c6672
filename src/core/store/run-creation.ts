import type { Database } from "better-sqlite3";
import { NO_RESULTS, type RunOptions, type RunPacing, type RunSummary } from "#shared/domain/run.ts";
import { shuffled } from "#shared/domain/shuffle.ts";
import { AppError } from "#shared/errors.ts";
import { type PlannedSending, planFaults } from "../lib/plan-faults.ts";
import type { NewRun } from "../lib/stored-run.ts";
import type { RunRow } from "./delivery-listing.ts";
import { type DeliverySearch, RUN_COLUMNS } from "./delivery-search.ts";
import { MAX_RUNS, type RunTable } from "./run-table.ts";
import type { SearchFilter } from "./search-conditions.ts";
import { toRow } from "./stored-delivery.ts";

/** Deliveries of one run at most. */
export const MAX_RUN_DELIVERIES = 100_000;

/** What a run is about, as the store's thread finds it. */
export type RunSearch = { readonly ids: readonly string[] } | { readonly filter: SearchFilter };

/**
 * Makes a run and writes down which deliveries it sends, in which order and when each is due, so that it goes on the same
 * way whatever arrives or ends meanwhile. Throws AppError `input.invalid` where that is none, or too many.
 */
export function createRunCreation(db: Database, find: DeliverySearch, runs: RunTable) {
  const chosen = db.prepare<[string], RunRow>(`SELECT ${RUN_COLUMNS} FROM deliveries d
    WHERE d.deleted = 0 AND d.id IN (SELECT value FROM json_each(?)) ORDER BY d.received_at, d.id`);
  const insertRun = db.prepare(`INSERT INTO runs (name, created_at, options, state, total, left_out, tally)
    VALUES (?, ?, ?, 'waiting', ?, ?, ?)`);
  const insertRow = db.prepare(`INSERT INTO run_results (run_id, seq, delivery_id, copy, fault, offset_ms)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const surplus = `SELECT id FROM runs WHERE state IN ('done', 'cancelled')
    AND id NOT IN (SELECT id FROM runs ORDER BY id DESC LIMIT ${MAX_RUNS})`;

  function foundBy(search: RunSearch): { rows: RunRow[]; asked: number } {
    if ("ids" in search) {
      const wanted = new Set(search.ids.map(toRow).filter((row) => row !== null));
      return { rows: chosen.all(JSON.stringify([...wanted])), asked: new Set(search.ids).size };
    }
    const rows = find(search.filter, 0).runRows(MAX_RUN_DELIVERIES + 1);
    return { rows, asked: rows.length };
  }

  return db.transaction(({ name, options }: NewRun, search: RunSearch, at: number): RunSummary | undefined => {
    const { rows, asked } = foundBy(search);
    const whole = rows.filter(({ is_whole }) => is_whole === 1);
    if (whole.length === 0) throw invalid("There is no delivery to replay: none is found, or none of them is whole.");
    if (whole.length > MAX_RUN_DELIVERIES) {
      throw invalid(`More than ${MAX_RUN_DELIVERIES} deliveries are found. Narrow the search, to a time for example.`);
    }
    const sendings = plan(whole, options);
    const { lastInsertRowid } = insertRun.run(
      name === undefined || name === "" ? null : name,
      at,
      JSON.stringify(options),
      sendings.length,
      asked - whole.length,
      JSON.stringify(NO_RESULTS),
    );
    const run = Number(lastInsertRowid);
    const copies = new Map<number, number>();
    for (const [index, { delivery, fault, offsetMs }] of sendings.entries()) {
      const copy = (copies.get(delivery.id) ?? 0) + 1;
      copies.set(delivery.id, copy);
      insertRow.run(run, index + 1, delivery.id, copy, fault === undefined ? null : JSON.stringify(fault), offsetMs);
    }
    db.exec(`DELETE FROM run_results WHERE run_id IN (${surplus})`);
    db.exec(`DELETE FROM runs WHERE id IN (${surplus})`);
    return runs.get(run);
  });
}

/** What is sent when, in this order. */
function plan(rows: readonly RunRow[], options: RunOptions): readonly PlannedSending<RunRow>[] {
  const due = offsetsOf(rows, options.pacing);
  const sendings = inOrder(rows, options).map((delivery, index) => ({ delivery, offsetMs: due[index] ?? 0 }));
  return options.fault === undefined ? sendings : planFaults(options.fault, sendings);
}

function inOrder(rows: readonly RunRow[], { order, seed = 0 }: RunOptions): readonly RunRow[] {
  return order === "shuffled" ? shuffled(rows, seed) : rows;
}

/** When each place of the order is due, in milliseconds after the first; `rows` are in the order of their receipt. */
function offsetsOf(rows: readonly RunRow[], pacing: RunPacing): number[] {
  const first = rows[0]?.received_at ?? 0;
  if (pacing === "asap") return rows.map(() => 0);
  if (pacing === "original") return rows.map(({ received_at }) => received_at - first);
  if ("intervalMs" in pacing) return rows.map((_, index) => index * pacing.intervalMs);
  return rows.map(({ received_at }) => (received_at - first) * pacing.factor);
}

function invalid(message: string): AppError {
  return new AppError("input.invalid", message);
}
