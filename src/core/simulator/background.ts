import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../lib/log.ts";

export interface Work {
  /** Aborted when the simulator ends. */
  readonly signal: AbortSignal;
  /** Rejects when the simulator ends meanwhile. */
  pause(ms: number): Promise<void>;
}

/** Encodings, broadcasts and deliveries: what goes on after the answer to a call, and ends with the simulator. */
export interface Background extends AsyncDisposable {
  start(task: (work: Work) => Promise<void>): void;
}

export function createBackground(log: Log): Background {
  const end = new AbortController();
  const running = new Set<Promise<void>>();
  const work: Work = {
    signal: end.signal,
    pause: async (ms) => {
      await sleep(ms, undefined, { signal: end.signal });
    },
  };

  async function run(task: (work: Work) => Promise<void>): Promise<void> {
    try {
      await task(work);
    } catch (error) {
      // At the end everything that waits is broken off, which is no failure.
      if (!end.signal.aborted) log.error("simulator.background_failed", error);
    }
  }

  return {
    start(task) {
      const promise = run(task);
      running.add(promise);
      void promise.finally(() => running.delete(promise));
    },
    async [Symbol.asyncDispose]() {
      end.abort();
      await Promise.all(running);
    },
  };
}
