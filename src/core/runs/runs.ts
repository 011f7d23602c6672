import type { EventPayload } from "#shared/contract/types.ts";
import type { RunOptions, RunState, RunSummary } from "#shared/domain/run.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import { noTarget } from "../lib/no-target.ts";
import type { NewRun, Routing, RunSelection, StoredRuns } from "../lib/stored-run.ts";
import { carryOut, type RunSender } from "./carry-out.ts";
import { createProgress, MAX_TOLD } from "./progress.ts";
import { READ_AHEAD } from "./read-ahead.ts";

export interface RunsDeps<D> {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<StoredRuns, "create" | "list" | "get" | "setState" | "hide" | "ahead" | "write">;
  readonly sender: RunSender<D>;
  toPath(path: string): string;
  /** Where deliveries go at the moment that nobody gave a target. */
  routing(): Routing;
  /** An integer that an order is drawn with. */
  randomSeed(): number;
  publish(progress: EventPayload<"run.progressed">): void;
}

/**
 * Replays of many deliveries at once, kept with all that came of them. One goes at a time and the others wait their turn:
 * two at the same server would change each other's times and order. Disposing ends what is under way; it has no result
 * then, and is sent again when the run is resumed.
 */
export interface Runs extends AsyncDisposable {
  /**
   * Draws the order where it is to be shuffled, and asks the routes where no target is given. Rejects as `StoredRuns.create`
   * does, and with AppError `replay.no_target`.
   */
  start(run: NewRun, selection: RunSelection): Promise<RunSummary>;
  /** What is under way comes to its end. Does nothing to a run that is over. Rejects with AppError `run.not_found`, as all below. */
  pause(id: string): Promise<RunSummary>;
  /** Goes on with what has no result; rejects with AppError `input.invalid` for a run that is over. */
  resume(id: string): Promise<RunSummary>;
  /** For good, and at once. Does nothing to a run that is over. */
  cancel(id: string): Promise<RunSummary>;
  /** Cancels it and takes it out of sight. */
  remove(id: string): Promise<void>;
  get(id: string): Promise<RunSummary>;
  list(): Promise<RunSummary[]>;
  /** Cancels all there are; resolves when nothing is under way any more. */
  cancelAll(): Promise<void>;
}

interface Going {
  readonly id: string;
  readonly stop: AbortController;
  readonly abort: AbortController;
  isCancelled: boolean;
  /** When the next one is due, epoch milliseconds. */
  nextAt: number | null;
  ended: Promise<void>;
}

export function createRuns<D>(deps: RunsDeps<D>): Runs {
  const { clock, log, store, sender, toPath } = deps;
  const progress = createProgress(deps.publish);
  let waiting: string[] = [];
  let going: Going | null = null;
  let isClosed = false;

  function startNext(): void {
    const id = isClosed || going !== null ? undefined : waiting.shift();
    if (id === undefined) return;
    const [stop, abort] = [new AbortController(), new AbortController()];
    going = { id, stop, abort, isCancelled: false, nextAt: null, ended: Promise.resolve() };
    going.ended = go(going);
    fireAndForget(going.ended, log, "runs.failed");
  }

  async function go(mine: Going): Promise<void> {
    try {
      const run = await store.setState(mine.id, "going", null);
      if (run === undefined) return;
      progress.changed(run);
      await carryOut(run, {
        ...{ clock, sender, toPath, stop: mine.stop.signal, abort: mine.abort.signal },
        read: (after) => store.ahead(mine.id, after, READ_AHEAD),
        async write(results) {
          const written = await store.write(mine.id, results, MAX_TOLD);
          // Removed, or erased with everything else.
          if (written === undefined) mine.abort.abort();
          else progress.wrote({ ...written, run: withNext(written.run) });
        },
        onWait(until) {
          mine.nextAt = until;
          if (until !== null) fireAndForget(tell(mine.id), log, "runs.not_told");
        },
      });
      const after = await store.get(mine.id);
      if (after !== undefined && after.done === after.total) await set(mine.id, "done");
    } catch (error) {
      log.error("runs.failed", error);
      const message = error instanceof AppError ? error.message : "It broke off. The log has the error.";
      const state = (await store.get(mine.id))?.state;
      // Unless it was paused, cancelled, or resumed to go once more.
      const isStuck = !mine.isCancelled && (state === "going" || (state === "waiting" && !waiting.includes(mine.id)));
      if (isStuck) await set(mine.id, "paused", `${message} Resume it to go on with what has no result yet.`);
    } finally {
      going = null;
      startNext();
    }
  }

  function withNext(run: RunSummary): RunSummary {
    const at = going?.id === run.id && run.state === "going" ? going.nextAt : null;
    return at === null ? run : { ...run, nextAt: new Date(at).toISOString() };
  }

  async function get(id: string): Promise<RunSummary> {
    const run = await store.get(id);
    if (run === undefined) throw notFound(id);
    return withNext(run);
  }

  async function tell(id: string): Promise<void> {
    progress.changed(await get(id));
  }

  async function set(id: string, state: RunState, trouble: string | null = null): Promise<RunSummary> {
    if (state === "done" || state === "cancelled") waiting = waiting.filter((other) => other !== id);
    const run = await store.setState(id, state, trouble);
    if (run === undefined) throw notFound(id);
    progress.changed(run);
    return run;
  }

  async function cancel(id: string): Promise<RunSummary> {
    const run = await get(id);
    if (isOver(run)) return run;
    if (going?.id !== id) return set(id, "cancelled");
    going.isCancelled = true;
    going.abort.abort(new AppError("internal", "The run was cancelled."));
    // What has a result is written first: whoever sees that it is cancelled sees all that came of it.
    await going.ended;
    const ended = await get(id);
    return isOver(ended) ? ended : set(id, "cancelled");
  }

  /** Where there are no routes, all go to the one target. */
  function whereTo({ target }: RunOptions): { target: string | null; routing?: Routing } {
    if (target !== null) return { target };
    const routing = deps.routing();
    if (routing.routes.length > 0) return { target, routing };
    if (routing.fallback === null) throw noTarget();
    return { target: routing.fallback };
  }

  return {
    async start({ name, options }, selection) {
      if (options.baseline !== undefined) await get(options.baseline);
      const drawn = options.order === "shuffled" ? { seed: deps.randomSeed() } : {};
      const found = "query" in selection ? selection : {};
      const { target, routing } = whereTo(options);
      const made = { name, options: { ...options, ...drawn, ...found, target } };
      const created = await store.create(made, selection, routing);
      progress.changed(created);
      waiting.push(created.id);
      startNext();
      return created;
    },
    async pause(id) {
      const run = await get(id);
      if (run.state !== "going" && run.state !== "waiting") return run;
      waiting = waiting.filter((other) => other !== id);
      if (going?.id === id) going.stop.abort();
      return set(id, "paused");
    },
    async resume(id) {
      const run = await get(id);
      if (isOver(run)) throw new AppError("input.invalid", `Run ${id} is over. Replay its deliveries in a new one.`);
      if (run.state !== "paused") return run;
      const resumed = await set(id, "waiting");
      waiting.push(id);
      startNext();
      return resumed;
    },
    cancel,
    async remove(id) {
      await cancel(id);
      if (!(await store.hide(id))) throw notFound(id);
    },
    get,
    list: async () => (await store.list()).map(withNext),
    async cancelAll() {
      for (const run of await store.list()) if (!isOver(run)) await cancel(run.id);
      await going?.ended;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      waiting = [];
      going?.abort.abort(new AppError("internal", "The app is closing."));
      await going?.ended;
      progress[Symbol.dispose]();
    },
  };
}

function isOver({ state }: RunSummary): boolean {
  return state === "done" || state === "cancelled";
}

function notFound(id: string): AppError {
  return new AppError("run.not_found", `There is no run ${JSON.stringify(id)} (any more).`, { details: { id } });
}
