import type { RunDelivery } from "../lib/stored-run.ts";

/**
 * Read at a time. Two such parts are in memory at most: the one that is sent and the one behind it. Enough that there is
 * something to send while results are written, which one thread does both.
 */
export const READ_AHEAD = { deliveries: 256, bytes: 4 * 1024 * 1024 };

/** The deliveries of a run, one after the other; null at the end. */
export interface ReadAhead {
  next(): Promise<RunDelivery | null>;
}

/** Has the next part read while the last one is sent, and no more than that: a slow target holds the reading up. */
export function createReadAhead(read: (after: number) => Promise<RunDelivery[]>): ReadAhead {
  let part: readonly RunDelivery[] = [];
  let at = 0;
  let after = 0;
  let following: Promise<RunDelivery[]> | null = null;

  function readOn(): Promise<RunDelivery[]> {
    const reading = read(after);
    // Whoever takes the part is told of its failure; until then nobody may be there to hear of it.
    reading.catch(() => undefined);
    return reading;
  }

  return {
    async next() {
      if (at >= part.length) {
        part = await (following ?? readOn());
        at = 0;
        const last = part.at(-1);
        if (last === undefined) return null;
        after = last.seq;
        following = readOn();
      }
      const delivery = part[at] ?? null;
      at += 1;
      return delivery;
    },
  };
}
