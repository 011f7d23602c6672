import type { CommandOutput } from "#shared/contract/types.ts";
import type { ComparedVerdict, ResultOutcome, RunResult, RunSummary, Verdict } from "#shared/domain/run.ts";
import type { Loaded } from "./app-state.ts";

/** Which results are shown: all, or those of one kind. */
export type ResultFilter =
  | "all"
  | "unexpected"
  | Exclude<Verdict, "first">
  | Extract<ResultOutcome, "refused" | "unreachable" | "unsent" | "waiting">;

/** The results around what is in sight, in the run's order; `first` is the place of the first of them among all that are chosen. */
export interface ResultWindow {
  readonly first: number;
  readonly items: readonly RunResult[];
  readonly total: number;
}

/** The run that is looked at, besides its summary, which the list has. */
export interface OpenedRun {
  readonly filter: ResultFilter;
  readonly results: Loaded<ResultWindow>;
  readonly points: Loaded<CommandOutput<"runs.points">>;
  /** The run that it is compared with. */
  readonly withId: string | null;
  /** Of that comparison, those of one verdict; null for all. */
  readonly comparedVerdict: ComparedVerdict | null;
  readonly compared: Loaded<CommandOutput<"runs.compare">>;
}

/** Replays of many deliveries as this window knows them. */
export interface RunsState {
  /** Newest first. */
  readonly list: Loaded<readonly RunSummary[]>;
  readonly opened: OpenedRun;
}

export const NOTHING_OPENED: OpenedRun = {
  filter: "all",
  results: { kind: "none" },
  points: { kind: "none" },
  withId: null,
  comparedVerdict: null,
  compared: { kind: "none" },
};

export const NO_RUNS: RunsState = { list: { kind: "none" }, opened: NOTHING_OPENED };

/** The list with what was told of one run. */
export function withRun(runs: readonly RunSummary[], run: RunSummary): readonly RunSummary[] {
  const index = runs.findIndex(({ id }) => id === run.id);
  if (index !== -1) return runs.with(index, run);
  return [run, ...runs].sort((a, b) => Number(b.id.slice(1)) - Number(a.id.slice(1)));
}
