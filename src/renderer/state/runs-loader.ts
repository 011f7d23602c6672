import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import type { ComparedVerdict, RunSummary, Verdict } from "#shared/domain/run.ts";
import { afterFailure } from "./after-failure.ts";
import type { Loaded } from "./app-state.ts";
import { createRefresher } from "./list-refresh.ts";
import { NOTHING_OPENED, type OpenedRun, type ResultFilter, type RunsState, withRun } from "./runs-state.ts";
import type { AppStore } from "./store.ts";

/** Results fetched at a time: some screens of them, and half of that on either side of what is in sight. */
const WINDOW = 200;
const COMPARED_RESULTS = 500;

/** Fetches what the Replays area shows, and keeps it up to date while a run goes. */
export interface RunsLoader {
  /** The list of all runs. */
  refresh(): Promise<void>;
  /** The run that the view names, from the beginning. */
  open(): void;
  choose(filter: ResultFilter): void;
  /** Fetches the results from place `first` on up to `end` where they are not there. */
  look(first: number, end: number): void;
  /** With null, with none. */
  compareWith(id: string | null): void;
  /** Of the comparison, those of one verdict; null for all. */
  chooseCompared(verdict: ComparedVerdict | null): void;
  follow(events: readonly EventEnvelope[] | null): void;
  stop(): void;
}

export function createRunsLoader({ client, store }: { client: Client; store: AppStore }): RunsLoader {
  let listLoads = 0;
  /** What is told while the list is on its way; null while it is not. */
  let pending: EventEnvelope[] | null = null;
  let loads = 0;
  /** Where the fetched results begin. */
  let from = 0;

  const change = (next: (runs: RunsState) => Partial<RunsState>): void =>
    store.setState(({ runs }) => ({ runs: { ...runs, ...next(runs) } }));
  const changeOpened = (next: Partial<OpenedRun>): void => change(({ opened }) => ({ opened: { ...opened, ...next } }));

  async function refresh(): Promise<void> {
    listLoads += 1;
    const mine = listLoads;
    const came: EventEnvelope[] = [];
    pending = came;
    if (store.getState().runs.list.kind !== "ready") change(() => ({ list: { kind: "loading" } }));
    try {
      const { runs, seq } = await client.call("runs.list", {});
      // What was told while it was on its way may be newer.
      const value = came.filter((event) => event.seq > seq).reduce(afterEvent, runs);
      if (mine === listLoads) change(() => ({ list: { kind: "ready", value } }));
    } catch (error) {
      if (mine === listLoads) change(({ list }) => ({ list: afterFailure(list, error) }));
    } finally {
      if (mine === listLoads) pending = null;
    }
  }

  /** Shows what a call brings, or why it brings nothing, unless another run or choice has overtaken it. */
  async function fill<K extends "results" | "points" | "compared">(
    key: K,
    load: Promise<Extract<OpenedRun[K], { kind: "ready" }>["value"]>,
  ): Promise<void> {
    const mine = loads;
    try {
      const value = await load;
      if (mine === loads) changeOpened({ [key]: { kind: "ready", value } });
    } catch (error) {
      // The three are of one form, and what is known under `key` is of that form.
      const known = store.getState().runs.opened[key] as Loaded<unknown>;
      if (mine === loads) changeOpened({ [key]: afterFailure(known, error) });
    }
  }

  async function loadResults(id: string): Promise<void> {
    const { filter } = store.getState().runs.opened;
    const first = from;
    const load = client.call("runs.results", { id, skip: first, limit: WINDOW, ...toChoice(filter) });
    await fill(
      "results",
      load.then(({ results, total }) => ({ first, items: results, total })),
    );
  }

  async function loadCompared(id: string): Promise<void> {
    const { withId, comparedVerdict } = store.getState().runs.opened;
    if (withId === null) return;
    const which = comparedVerdict === null ? {} : { verdict: comparedVerdict };
    await fill(
      "compared",
      client.call("runs.compare", { before: withId, after: id, limit: COMPARED_RESULTS, ...which }),
    );
  }

  const refresher = createRefresher(async () => {
    const { runId, area } = store.getState().view;
    if (runId === null || area !== "replays") return true;
    await Promise.all([
      loadResults(runId),
      fill("points", client.call("runs.points", { id: runId })),
      loadCompared(runId),
    ]);
    return true;
  });

  function anew(opened: Partial<OpenedRun>): void {
    loads += 1;
    changeOpened(opened);
  }

  return {
    refresh,
    open() {
      from = 0;
      anew({ ...NOTHING_OPENED, results: { kind: "loading" } });
      void refresher.now();
    },
    choose(filter) {
      from = 0;
      anew({ filter });
      void refresher.now();
    },
    look(first, end) {
      const { results } = store.getState().runs.opened;
      if (results.kind !== "ready") return;
      const { first: has, items, total } = results.value;
      const isThere = first >= Math.min(has, total) && Math.min(end, total) <= has + items.length;
      const next = Math.max(0, Math.floor((first + end - WINDOW) / 2));
      if (isThere || next === from) return;
      from = next;
      const { runId } = store.getState().view;
      if (runId !== null) void loadResults(runId);
    },
    compareWith(withId) {
      anew({ withId, comparedVerdict: null, compared: withId === null ? { kind: "none" } : { kind: "loading" } });
      void refresher.now();
    },
    chooseCompared(comparedVerdict) {
      anew({ comparedVerdict });
      void refresher.now();
    },
    follow(events) {
      const { view } = store.getState();
      if (view.area !== "replays") return;
      if (events === null) {
        void refresh();
        refresher.soon();
        return;
      }
      pending?.push(...events);
      const { list } = store.getState().runs;
      if (list.kind === "ready") {
        const value = events.reduce(afterEvent, list.value);
        if (value !== list.value) change(() => ({ list: { kind: "ready", value } }));
      }
      const shown = [view.runId, store.getState().runs.opened.withId];
      const isOpenedChanged = events.some(
        (event) =>
          event.name === "delivery.removed" ||
          (event.name === "run.progressed" && shown.includes(event.payload.run.id)),
      );
      if (isOpenedChanged) refresher.soon();
    },
    stop: refresher.stop,
  };
}

/** The same list where the event is not about runs. */
function afterEvent(runs: readonly RunSummary[], event: EventEnvelope): readonly RunSummary[] {
  if (event.name === "run.progressed") return withRun(runs, event.payload.run);
  if (event.name === "run.removed") return runs.filter(({ id }) => id !== event.payload.id);
  return runs;
}

function toChoice(filter: ResultFilter): {
  verdict?: Verdict;
  expected?: boolean;
  outcome?: "refused" | "unreachable" | "unsent" | "waiting";
} {
  switch (filter) {
    case "all":
      return {};
    case "unexpected":
      return { expected: false };
    case "refused":
    case "unreachable":
    case "unsent":
    case "waiting":
      return { outcome: filter };
    default:
      return { verdict: filter };
  }
}
