import type { Database } from "better-sqlite3";
import { destinationsOf, type Route } from "#shared/domain/route.ts";
import { NO_RESULTS, type RunOptions, type RunPacing } from "#shared/domain/run.ts";
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

/** `Routing`, with each route's search as the store's thread reads it. */
export interface RunRouting {
  readonly routes: readonly (Pick<Route, "name" | "targets"> & { readonly filter: SearchFilter })[];
  readonly fallback: string | null;
}

/** A delivery on its way to one of its targets. */
interface Sending extends PlannedSending<RunRow> {
  readonly target: string;
  readonly route: string | undefined;
}

/** What a run is about, as the store's thread finds it. */
export type RunSearch = { readonly ids: readonly string[] } | { readonly filter: SearchFilter };

/**
 * Makes a run and writes down which deliveries it sends where, in which order and when each is due, so that it goes on
 * the same way whatever arrives, ends or is set meanwhile. `routing` says where to where the options name no target. Throws
 * AppError `input.invalid` where there is nothing to send, or too much.
 */
export function createRunCreation(db: Database, find: DeliverySearch, runs: RunTable) {
  const chosen = db.prepare<[string], RunRow>(`SELECT ${RUN_COLUMNS} FROM deliveries d
    WHERE d.deleted = 0 AND d.id IN (SELECT value FROM json_each(?)) ORDER BY d.received_at, d.id`);
  const insertRun = db.prepare(`INSERT INTO runs (name, created_at, options, state, total, left_out, tally)
    VALUES (?, ?, ?, 'waiting', ?, ?, ?)`);
  const insertRow =
    db.prepare(`INSERT INTO run_results (run_id, seq, delivery_id, copy, target, route, fault, offset_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
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

  /** By delivery, the route that decides about it; only those of `rows`, and no entry where none does. */
  function routesOf(rows: readonly RunRow[], { routes }: RunRouting): Map<number, RunRouting["routes"][number]> {
    const open = new Set(rows.map(({ id }) => id));
    const decided = new Map<number, RunRouting["routes"][number]>();
    for (const route of routes) {
      for (const id of find(route.filter, 0).ids()) if (open.delete(id)) decided.set(id, route);
    }
    return decided;
  }

  /** To which targets a delivery goes. */
  function goalsOf(rows: readonly RunRow[], { target }: RunOptions, routing: RunRouting | null) {
    if (routing === null) return () => ({ targets: target === null ? [] : [target], route: undefined });
    const decided = routesOf(rows, routing);
    return ({ id }: RunRow) => {
      const { targets, route } = destinationsOf(decided.get(id));
      return { targets: targets.map((name) => name ?? routing.fallback).filter((name) => name !== null), route };
    };
  }

  return db.transaction((run: NewRun, search: RunSearch, routing: RunRouting | null, at: number) => {
    const { name, options } = run;
    const { rows, asked } = foundBy(search);
    const whole = rows.filter(({ is_whole }) => is_whole === 1);
    const goals = goalsOf(whole, options, routing);
    const sent = routing === null ? whole : whole.filter((row) => goals(row).targets.length > 0);
    if (sent.length === 0) throw invalid(`There is no delivery to replay: ${whyNone(whole.length)}.`);
    if (sent.length > MAX_RUN_DELIVERIES) {
      throw invalid(`More than ${MAX_RUN_DELIVERIES} deliveries are found. Narrow the search, to a time for example.`);
    }
    const sendings = plan(sent, options).flatMap((planned): Sending[] => {
      const { targets, route } = goals(planned.delivery);
      return targets.map((target) => ({ ...planned, target, route }));
    });
    const { lastInsertRowid } = insertRun.run(
      name === undefined || name === "" ? null : name,
      at,
      JSON.stringify(options),
      sendings.length,
      asked - sent.length,
      JSON.stringify(NO_RESULTS),
    );
    const row = Number(lastInsertRowid);
    const copies = new Map<string, number>();
    for (const [index, { delivery, target, route = null, fault, offsetMs }] of sendings.entries()) {
      const place = `${delivery.id} ${target}`;
      const copy = (copies.get(place) ?? 0) + 1;
      copies.set(place, copy);
      const faultText = fault === undefined ? null : JSON.stringify(fault);
      insertRow.run(row, index + 1, delivery.id, copy, target, route, faultText, offsetMs);
    }
    db.exec(`DELETE FROM run_results WHERE run_id IN (${surplus})`);
    db.exec(`DELETE FROM runs WHERE id IN (${surplus})`);
    return runs.get(row);
  });
}

function whyNone(whole: number): string {
  return whole > 0 ? "no route sends any of them anywhere" : "none is found, or none of them is whole";
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
