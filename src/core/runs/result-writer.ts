import type { NewResult } from "../lib/stored-run.ts";

/** Results that wait to be written: more hold the sending up. Answers are up to 1 MiB each. */
export const MAX_WAITING = 2_048;
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/**
 * One commit for all that comes within this time. What was not yet written is sent again after a crash. Many at once would
 * keep the reading of the next ones waiting, and the target with it.
 */
const GATHER_MS = 20;

/** Writes results in batches, one batch at a time. */
export interface ResultWriter {
  /** Resolves when there is room for more. Rejects once writing has failed. */
  add(result: NewResult): Promise<void>;
  /** Resolves when all is written; rejects as `write` did. */
  end(): Promise<void>;
}

export function createResultWriter(write: (results: readonly NewResult[]) => Promise<void>): ResultWriter {
  let waiting: NewResult[] = [];
  let bytes = 0;
  let writing: Promise<void> | null = null;
  let stopGathering: (() => void) | null = null;
  let room = Promise.withResolvers<void>();

  const isFull = (): boolean => waiting.length >= MAX_WAITING || bytes >= MAX_WAITING_BYTES;

  async function gather(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, GATHER_MS);
    stopGathering = resolve;
    await promise;
    clearTimeout(timer);
    stopGathering = null;
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      if (!isFull()) await gather();
      const batch = waiting;
      waiting = [];
      bytes = 0;
      room.resolve();
      room = Promise.withResolvers<void>();
      await write(batch);
    }
    writing = null;
  }

  function start(): Promise<void> {
    const started = writeAll();
    // A failure stays in `writing`, for all that come after it.
    started.catch(() => room.resolve());
    return started;
  }

  return {
    async add(result) {
      waiting.push(result);
      bytes += sizeOf(result);
      writing ??= start();
      if (!isFull()) return;
      stopGathering?.();
      await Promise.race([room.promise, writing]);
    },
    async end() {
      stopGathering?.();
      await writing;
    },
  };
}

function sizeOf(result: NewResult): number {
  return result.kind === "sent" && result.outcome.kind === "answered" ? result.outcome.bodyBase64.length : 0;
}
