/** Bodies on their way at once, whatever their number: 50 of 10 MiB would be half a gigabyte. */
const MAX_BYTES = 64 * 1024 * 1024;

/** How much may be under way at once. */
export interface Room {
  /**
   * Resolves when there is room for one of this size beside fewer than `atOnce` others; one alone has room whatever its size
   * is.
   */
  enter(bytes: number, atOnce: number): Promise<void>;
  leave(bytes: number): void;
  /** Resolves when nothing is under way. */
  empty(): Promise<void>;
}

/** For one that asks at a time. */
export function createRoom(maxBytes = MAX_BYTES): Room {
  let count = 0;
  let held = 0;
  let whenLeft: (() => void) | null = null;

  async function oneLeft(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    whenLeft = resolve;
    await promise;
    // With others that leave in the same turn of the event loop: what is sent together wakes the target once.
    if (count > 0) await new Promise(setImmediate);
  }

  return {
    async enter(bytes, atOnce) {
      while (count >= atOnce || (count > 0 && held + bytes > maxBytes)) await oneLeft();
      count += 1;
      held += bytes;
    },
    leave(bytes) {
      count -= 1;
      held -= bytes;
      whenLeft?.();
      whenLeft = null;
    },
    async empty() {
      while (count > 0) await oneLeft();
    },
  };
}
