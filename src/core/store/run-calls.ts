import type { Database } from "better-sqlite3";
import type { RunState } from "#shared/domain/run.ts";
import type { NewRun, ReadAhead, ResultChoice } from "../lib/stored-run.ts";
import type { AttemptTable } from "./attempt-table.ts";
import type { DeliverySearch } from "./delivery-search.ts";
import { createRunComparison } from "./run-comparison.ts";
import { createRunCreation, type RunRouting, type RunSearch } from "./run-creation.ts";
import { createRunReading } from "./run-reading.ts";
import { createRunResultTable } from "./run-result-table.ts";
import type { SentRow, UnsentRow } from "./run-rows.ts";
import { createRunTable } from "./run-table.ts";
import { createRunWriting } from "./run-writing.ts";
import { toRunRow } from "./stored-delivery.ts";

/** What the store asks its thread for where runs are concerned. */
export function createRunCalls(db: Database, find: DeliverySearch, attempts: AttemptTable) {
  const table = createRunTable(db);
  const create = createRunCreation(db, find, table);
  const read = createRunReading(db);
  const write = createRunWriting(db, table, attempts);
  const results = createRunResultTable(db);
  const comparison = createRunComparison(db);
  /** No run has the number 0. */
  const rowOf = (id: string): number => toRunRow(id) ?? 0;
  return {
    createRun: (run: NewRun, search: RunSearch, routing: RunRouting | null, at: number) =>
      create(run, search, routing, at),
    runs: () => table.list(),
    run: (id: string) => table.get(rowOf(id)),
    setRunState: (id: string, state: RunState, trouble: string | null, at: number) =>
      table.setState(rowOf(id), state, trouble, at),
    renameRun: (id: string, name: string) => table.rename(rowOf(id), name),
    hideRun: (id: string) => table.hide(rowOf(id)),
    restoreRun: (id: string) => table.restore(rowOf(id)),
    runAhead: (id: string, after: number, bounds: ReadAhead) => read(rowOf(id), after, bounds),
    writeResults: (id: string, results: readonly (SentRow | UnsentRow)[]) => write(rowOf(id), results),
    runResults: (id: string, choice: ResultChoice) => results.page(rowOf(id), choice),
    runPoints: (id: string, limit: number) => results.points(rowOf(id), limit),
    comparedSlice: comparison.compared,
    leftSlice: comparison.left,
  };
}
