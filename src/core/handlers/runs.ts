import { comparisonLine } from "#shared/domain/run-words.ts";
import { AppError } from "#shared/errors.ts";
import type { EventBus } from "../event-bus.ts";
import type { ForwardingArea } from "../forwarding.ts";
import type { Handlers } from "../router.ts";
import type { Runs } from "../runs/runs.ts";
import type { Store } from "../store/store.ts";
import { checkTarget } from "./replay.ts";

type RunCommands =
  | "replay.batch"
  | "replay.pause"
  | "replay.resume"
  | "replay.cancel"
  | "runs.list"
  | "runs.get"
  | "runs.results"
  | "runs.points"
  | "runs.compare"
  | "runs.rename"
  | "runs.remove"
  | "runs.restore";

export function runHandlers(deps: {
  runs: Runs;
  store: Store;
  events: EventBus;
  forwarding: ForwardingArea;
}): Pick<Handlers, RunCommands> {
  const { runs, store, events, forwarding } = deps;

  /** For clients that did not ask for it themselves. */
  async function announce(id: string) {
    const run = await runs.get(id);
    events.publish("run.progressed", { run, attempts: [], hasMore: false });
    return run;
  }

  return {
    async "replay.batch"({ ids, query = "", name, target = null, ...options }) {
      if (target !== null) checkTarget(target, forwarding);
      const selection = ids === undefined ? { query } : { ids };
      const run = await runs.start({ name, options: { target, ...options } }, selection);
      return { batchId: run.id };
    },
    "replay.pause": ({ batchId }) => runs.pause(batchId),
    "replay.resume": ({ batchId }) => runs.resume(batchId),
    "replay.cancel": ({ batchId }) => runs.cancel(batchId),
    async "runs.list"() {
      const { seq } = events;
      return { runs: await runs.list(), seq };
    },
    "runs.get": ({ id }) => runs.get(id),
    async "runs.results"({ id, ...choice }) {
      await runs.get(id);
      return store.runs.results(id, choice);
    },
    async "runs.points"({ id, limit }) {
      await runs.get(id);
      return store.runs.points(id, limit);
    },
    async "runs.compare"(choice) {
      const compared = await store.runs.compare(choice);
      if (compared === undefined) {
        throw new AppError("run.not_found", `One of the runs ${choice.before} and ${choice.after} is gone.`);
      }
      return { ...compared, sentence: comparisonLine(compared.tally) };
    },
    async "runs.rename"({ id, name }) {
      await store.runs.rename(id, name.trim());
      return announce(id);
    },
    async "runs.remove"({ id }) {
      await runs.remove(id);
      events.publish("run.removed", { id });
      return {};
    },
    async "runs.restore"({ id }) {
      await store.runs.restore(id);
      return announce(id);
    },
  };
}
