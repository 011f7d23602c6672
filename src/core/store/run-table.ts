import type { Database } from "better-sqlite3";
import { RunOptions, type RunState, type RunSummary, RunTally } from "#shared/domain/run.ts";
import { toRunId } from "./stored-delivery.ts";

/** What is kept of runs, but their results; by row number. Times are epoch milliseconds. */
export interface RunTable {
  /** Newest first. */
  list(): RunSummary[];
  get(row: number): RunSummary | undefined;
  setState(row: number, state: RunState, trouble: string | null, at: number): RunSummary | undefined;
  /** Takes in what more results there are. */
  addTally(row: number, more: Partial<RunTally>): RunSummary | undefined;
  rename(row: number, name: string): RunSummary | undefined;
  hide(row: number): boolean;
  restore(row: number): RunSummary | undefined;
}

/** More would be a list to search in; each has up to 100 000 results. The oldest go first. */
export const MAX_RUNS = 200;

const INTERRUPTED = "The app ended while it was going. Resume it to go on with what has no result yet.";

interface RunRow {
  readonly id: number;
  readonly name: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly options: string;
  readonly state: RunState;
  readonly trouble: string | null;
  readonly total: number;
  readonly left_out: number;
  readonly tally: string;
}

/** Opening it pauses what was going when the app ended, and erases what was removed then. */
export function createRunTable(db: Database): RunTable {
  db.transaction(() => {
    db.prepare("UPDATE runs SET state = 'paused', trouble = ? WHERE state IN ('going', 'waiting')").run(INTERRUPTED);
    db.exec("DELETE FROM run_results WHERE run_id IN (SELECT id FROM runs WHERE deleted = 1)");
    db.exec("DELETE FROM runs WHERE deleted = 1");
  })();
  const one = db.prepare<[number], RunRow>("SELECT * FROM runs WHERE id = ? AND deleted = 0");
  const all = db.prepare<[], RunRow>("SELECT * FROM runs WHERE deleted = 0 ORDER BY id DESC");
  const update = db.prepare(`UPDATE runs SET state = :state, trouble = :trouble,
    started_at = coalesce(started_at, CASE WHEN :state = 'going' THEN :at END),
    ended_at = CASE WHEN :state IN ('done', 'cancelled') THEN :at END
    WHERE id = :row AND deleted = 0`);
  const setTally = db.prepare("UPDATE runs SET tally = ? WHERE id = ?");
  const rename = db.prepare("UPDATE runs SET name = ? WHERE id = ?");
  const setDeleted = db.prepare("UPDATE runs SET deleted = ? WHERE id = ? AND deleted <> ?");

  const get = (row: number): RunSummary | undefined => {
    const found = one.get(row);
    return found && toRunSummary(found);
  };

  return {
    list: () => all.all().map(toRunSummary),
    get,
    setState(row, state, trouble, at) {
      update.run({ row, state, trouble, at });
      return get(row);
    },
    addTally(row, more) {
      const run = get(row);
      if (run === undefined) return undefined;
      const tally = { ...run.tally };
      // The keys are those of the tally.
      for (const key of Object.keys(more) as (keyof RunTally)[]) tally[key] += more[key] ?? 0;
      setTally.run(JSON.stringify(tally), row);
      return { ...run, tally, done: doneOf(tally) };
    },
    rename(row, name) {
      rename.run(name === "" ? null : name, row);
      return get(row);
    },
    hide: (row) => setDeleted.run(1, row, 1).changes > 0,
    restore(row) {
      setDeleted.run(0, row, 0);
      return get(row);
    },
  };
}

function doneOf({ accepted, refused, unreachable, unsent }: RunTally): number {
  return accepted + refused + unreachable + unsent;
}

function toRunSummary(row: RunRow): RunSummary {
  const tally = RunTally.parse(JSON.parse(row.tally));
  return {
    id: toRunId(row.id),
    ...(row.name !== null && { name: row.name }),
    createdAt: new Date(row.created_at).toISOString(),
    startedAt: toIso(row.started_at),
    endedAt: toIso(row.ended_at),
    options: RunOptions.parse(JSON.parse(row.options)),
    state: row.state,
    ...(row.trouble !== null && { trouble: row.trouble }),
    total: row.total,
    leftOut: row.left_out,
    done: doneOf(tally),
    tally,
  };
}

function toIso(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}
