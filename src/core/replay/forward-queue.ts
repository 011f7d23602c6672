/** At once on their way; a flood waits here as ids, not as bodies. */
const MAX_IN_FLIGHT = 50;

const COMPACT_AT = 64;

export interface ForwardQueueDeps {
  /** Gets one delivery ready to be sent; null where there is nothing to do. Called for one after the other, in order. */
  prepare(id: string): Promise<(() => Promise<void>) | null>;
  onError(error: unknown): void;
}

/** Starts sendings in the order in which they were asked for, a bounded number at a time. */
export interface ForwardQueue {
  /** Resolves when this one has ended, however it did. */
  add(id: string): Promise<void>;
  /** Drops what waits; resolves when what is under way has ended. */
  close(): Promise<void>;
}

interface Waiting {
  readonly id: string;
  done(): void;
}

export function createForwardQueue({ prepare, onError }: ForwardQueueDeps): ForwardQueue {
  let waiting: Waiting[] = [];
  let head = 0;
  let inFlight = 0;
  let isPreparing = false;
  let idle = Promise.withResolvers<void>();

  async function pump(): Promise<void> {
    if (isPreparing) return;
    isPreparing = true;
    for (let next = take(); next !== undefined; next = take()) await start(next);
    isPreparing = false;
    settle();
  }

  function take(): Waiting | undefined {
    if (inFlight >= MAX_IN_FLIGHT) return undefined;
    const next = waiting[head];
    if (next === undefined) return undefined;
    head += 1;
    // Shifting the array for each one would be slow, never shifting it would keep what is long done.
    if (head >= COMPACT_AT && head * 2 >= waiting.length) {
      waiting = waiting.slice(head);
      head = 0;
    }
    return next;
  }

  async function start({ id, done }: Waiting): Promise<void> {
    inFlight += 1;
    try {
      const send = await prepare(id);
      if (send !== null) void finish(send(), done);
      else end(done);
    } catch (error) {
      onError(error);
      end(done);
    }
  }

  async function finish(sending: Promise<void>, done: () => void): Promise<void> {
    try {
      await sending;
    } catch (error) {
      onError(error);
    }
    end(done);
    void pump();
  }

  function end(done: () => void): void {
    inFlight -= 1;
    done();
  }

  function settle(): void {
    if (inFlight === 0 && !isPreparing) idle.resolve();
  }

  return {
    add(id) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ id, done: resolve });
      void pump();
      return promise;
    },
    close() {
      for (const { done } of waiting.slice(head)) done();
      waiting = [];
      head = 0;
      idle = Promise.withResolvers<void>();
      settle();
      return idle.promise;
    },
  };
}
