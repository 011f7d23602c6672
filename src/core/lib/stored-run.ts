import type { AttemptNotice, AttemptOutcome } from "#shared/domain/attempt.ts";
import type { Fault } from "#shared/domain/fault.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import type { Route } from "#shared/domain/route.ts";
import type {
  BodyComparison,
  ComparedResult,
  ComparedVerdict,
  ResultOutcome,
  RunComparisonTally,
  RunOptions,
  RunPoint,
  RunResult,
  RunState,
  RunSummary,
  Verdict,
} from "#shared/domain/run.ts";

/** What a run is about: deliveries chosen one by one, or what a search finds when the run is made. */
export type RunSelection = { readonly ids: readonly string[] } | { readonly query: string };

/** Where deliveries go that nobody gave a target; the first route whose search finds one decides. */
export interface Routing {
  readonly routes: readonly Route[];
  /** For those that no route decides about; null for nowhere. */
  readonly fallback: string | null;
}

export interface NewRun {
  readonly name?: string | undefined;
  readonly options: RunOptions;
}

/** One sending of a run whose turn is to come. */
export interface RunDelivery {
  readonly seq: number;
  readonly deliveryId: string;
  /** Which sending of this delivery to this target in the run, from 1 on. */
  readonly copy: number;
  /** A name, a URL or a port. */
  readonly target: string;
  /** The route that chose it. */
  readonly route?: string;
  /** What is to be done to it on purpose. */
  readonly fault?: Fault;
  /** Milliseconds after the first one of the run. */
  readonly offsetMs: number;
  /** Null where the delivery is gone. */
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: HeaderPairs;
    readonly body: Uint8Array;
  } | null;
}

/** How much may be read ahead at a time; one delivery comes whatever its size is. */
export interface ReadAhead {
  readonly deliveries: number;
  readonly bytes: number;
}

/** What came of one delivery: it was sent, or it was not and why. */
export type NewResult = { readonly seq: number; readonly deliveryId: string; readonly copy: number } & (
  | {
      readonly kind: "sent";
      /** The whole URL that it went to. */
      readonly target: string;
      readonly targetName?: string;
      readonly route?: string;
      /** Epoch milliseconds. */
      readonly startedAt: number;
      readonly ms: number;
      readonly outcome: AttemptOutcome;
      /** What was done to it on purpose. */
      readonly fault?: Fault;
    }
  | { readonly kind: "unsent"; readonly reason: "not-allowed" | "gone" | "unsendable"; readonly message: string }
);

/** The run after results were written, and the last of the attempts that they are kept as. */
export interface WrittenResults {
  readonly run: RunSummary;
  readonly attempts: AttemptNotice[];
  /** There are more than these. */
  readonly hasMore: boolean;
}

export interface ResultChoice {
  readonly verdict?: Verdict | undefined;
  readonly outcome?: ResultOutcome | undefined;
  /** Whether the answer is as it should be; undefined for either, and what has none. */
  readonly expected?: boolean | undefined;
  readonly skip: number;
  readonly limit: number;
}

export interface ComparisonChoice {
  readonly before: string;
  readonly after: string;
  /** Undefined: as the later run compares. */
  readonly compareBody?: BodyComparison | undefined;
  readonly verdict?: ComparedVerdict | undefined;
  readonly skip: number;
  readonly limit: number;
}

export interface RunComparison {
  readonly tally: RunComparisonTally;
  readonly results: ComparedResult[];
  readonly total: number;
}

/** Runs as they are kept. Each of them answers undefined where there is no such run (any more). */
export interface StoredRuns {
  /**
   * `routing` says where to where the run's options name no target. Rejects with AppError `input.invalid` where nothing,
   * or too much, is to be sent, or a search cannot be read.
   */
  create(run: NewRun, selection: RunSelection, routing?: Routing): Promise<RunSummary>;
  /** Newest first. */
  list(): Promise<RunSummary[]>;
  get(id: string): Promise<RunSummary | undefined>;
  setState(id: string, state: RunState, trouble: string | null): Promise<RunSummary | undefined>;
  rename(id: string, name: string): Promise<RunSummary | undefined>;
  /** Takes it out of sight, for good with the next start. */
  hide(id: string): Promise<boolean>;
  restore(id: string): Promise<RunSummary | undefined>;
  /** The next ones behind place `after` that have no result yet, in the run's order; none at its end. */
  ahead(id: string, after: number, readAhead: ReadAhead): Promise<RunDelivery[]>;
  /** In one transaction, durable when it resolves. Tells of the last `told` attempts. */
  write(id: string, results: readonly NewResult[], told: number): Promise<WrittenResults | undefined>;
  results(id: string, choice: ResultChoice): Promise<{ results: RunResult[]; total: number }>;
  points(id: string, limit: number): Promise<{ points: RunPoint[]; total: number }>;
  compare(choice: ComparisonChoice): Promise<RunComparison | undefined>;
}
