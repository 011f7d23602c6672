import type { ComparedResult, ComparedVerdict, RunComparisonTally } from "#shared/domain/run.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import type { ComparisonChoice, Routing, RunComparison, RunSelection, StoredRuns } from "../lib/stored-run.ts";
import type { RunRouting, RunSearch } from "./run-creation.ts";
import { toNotice, toResultRow, toRunDeliveries } from "./run-rows.ts";
import { type SearchFilter, toFilter } from "./search-conditions.ts";
import type { Slice } from "./slices.ts";
import type { CallArgs, CallName, CallResult } from "./store-messages.ts";
import { toRunRow } from "./stored-delivery.ts";

type Call = <N extends CallName>(name: N, ...args: CallArgs<N>) => Promise<CallResult<N>>;

export interface RunStoreDeps {
  readonly call: Call;
  readonly clock: Clock;
  /** Resolves when the index knows everything that the search has to look up there. */
  prepareSearch(filter: SearchFilter): Promise<void>;
}

/** Runs as the rest of the engine asks for them; the store's thread does the work. */
export function createRunStore({ call, clock, prepareSearch }: RunStoreDeps): StoredRuns {
  async function filterOf(query: string): Promise<SearchFilter> {
    const filter = toFilter(query, clock.now());
    await prepareSearch(filter);
    return filter;
  }

  async function searchOf(selection: RunSelection): Promise<RunSearch> {
    return "ids" in selection ? selection : { filter: await filterOf(selection.query) };
  }

  async function withFilters({ routes, fallback }: Routing): Promise<RunRouting> {
    const searched = routes.map(async ({ name, targets, query }) => ({ name, targets, filter: await filterOf(query) }));
    return { routes: await Promise.all(searched), fallback };
  }

  return {
    async create(run, selection, routing) {
      const routed = routing === undefined ? null : await withFilters(routing);
      const created = await call("createRun", run, await searchOf(selection), routed, clock.now());
      if (created === undefined) throw new AppError("internal", "The run was not kept.");
      return created;
    },
    list: () => call("runs"),
    get: (id) => call("run", id),
    setState: (id, state, trouble) => call("setRunState", id, state, trouble, clock.now()),
    rename: (id, name) => call("renameRun", id, name),
    hide: (id) => call("hideRun", id),
    restore: (id) => call("restoreRun", id),
    ahead: async (id, after, readAhead) => toRunDeliveries(await call("runAhead", id, after, readAhead)),
    async write(id, results, told) {
      const rows = results.map((result) => toResultRow(id, result));
      const written = await call("writeResults", id, rows);
      if (written === undefined) return undefined;
      const first = Math.max(0, results.length - told);
      const attempts = results.slice(first).flatMap((result, index) => {
        const row = written.attempts[first + index] ?? null;
        return result.kind === "sent" && row !== null ? [toNotice(id, result, row)] : [];
      });
      return { run: written.run, attempts, hasMore: first > 0 };
    },
    results: (id, choice) => call("runResults", id, choice),
    points: (id, limit) => call("runPoints", id, limit),
    compare: (choice) => compare(call, choice),
  };
}

/** Of what all slices say, only the tally and one page are kept. */
async function compare(call: Call, choice: ComparisonChoice): Promise<RunComparison | undefined> {
  const [before, after] = await Promise.all([call("run", choice.before), call("run", choice.after)]);
  if (before === undefined || after === undefined) return undefined;
  const rule = choice.compareBody ?? after.options.compareBody ?? null;
  const runs = { before: toRunRow(choice.before) ?? 0, after: toRunRow(choice.after) ?? 0, rule };
  const tally: RunComparisonTally = { ...NOTHING };
  const results: ComparedResult[] = [];
  let total = 0;
  const take = (result: ComparedResult): void => {
    tally[result.verdict] += 1;
    if (choice.verdict !== undefined && choice.verdict !== result.verdict) return;
    if (total >= choice.skip && results.length < choice.limit) results.push(result);
    total += 1;
  };
  for (const name of ["comparedSlice", "leftSlice"] as const) {
    let from: number | null = null;
    do {
      const slice: Slice<ComparedResult> = await call(name, runs, from);
      slice.found.forEach(take);
      from = slice.next;
    } while (from !== null);
  }
  return { tally, results, total };
}

const NOTHING: Readonly<Record<ComparedVerdict, number>> = {
  fixed: 0,
  regressed: 0,
  same: 0,
  changed: 0,
  "only-before": 0,
  "only-after": 0,
};
