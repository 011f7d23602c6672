import { waitUnless } from "#shared/wait-unless.ts";
import type { Clock } from "../lib/clock.ts";

/** How long a timer waits at most: a computer that slept, or a clock that was set, is noticed then. */
const LONGEST_WAIT_MS = 60_000;
/** Shorter waits are nothing to tell of. */
const TOLD_WAIT_MS = 1_000;

/** When the deliveries of a run are due. */
export interface Schedule {
  /**
   * Resolves when the one with this offset is due, or when `signal` aborts. `delayMs`: how much of the offset is a delay on
   * purpose, which the first one of a run that goes on waits for as well.
   */
  until(offsetMs: number, signal: AbortSignal, delayMs?: number): Promise<void>;
}

/**
 * Counted from the start, not from the one before: what is late once does not make all others late. A run that goes on has
 * its first one due at once, so that after a pause the gaps go on where they were. `onWait` hears when a wait of some length ends (epoch
 * milliseconds), and null when it is over.
 */
export function createSchedule(clock: Clock, isNew: boolean, onWait: (until: number | null) => void): Schedule {
  let start: number | null = null;
  let last = 0;

  /** A clock that is set back takes the start with it, or all that is left would wait for the hours that it lost. */
  function now(): number {
    const time = clock.now();
    if (start !== null && time < last) start -= last - time;
    last = time;
    return time;
  }

  function leftUntil(offsetMs: number): number {
    const time = now();
    return (start ?? time) + offsetMs - time;
  }

  return {
    async until(offsetMs, signal, delayMs = 0) {
      const from = now();
      start ??= isNew ? from : from - (offsetMs - delayMs);
      const due = start + offsetMs;
      const isTold = due - from >= TOLD_WAIT_MS;
      if (isTold) onWait(due);
      for (let left = due - from; left > 0 && !signal.aborted; left = leftUntil(offsetMs)) {
        await waitUnless(signal, Math.min(left, LONGEST_WAIT_MS));
      }
      if (isTold) onWait(null);
    },
  };
}
