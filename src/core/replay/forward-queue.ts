/** At once on their way; a flood waits here as ids, not as bodies. */
const MAX_IN_FLIGHT = 50;

const COMPACT_AT = 64;

export interface ForwardQueueDeps<Job, Result> {
  /** Gets one delivery ready to be sent; null where there is nothing to do. Called for one after the other, in order. */
  prepare(job: Job): Promise<(() => Promise<Result>) | null>;
  onError(error: unknown, job: Job): void;
}

/** Starts sendings in the order in which they were asked for, a bounded number at a time. */
export interface ForwardQueue<Job, Result> {
  /** Resolves when this one has ended, however it did; with what came of it, if anything. */
  add(job: Job): Promise<Result | undefined>;
  /** Drops what waits; resolves when what is under way has ended. */
  close(): Promise<void>;
}

interface Waiting<Job, Result> {
  readonly job: Job;
  done(result?: Result): void;
}

export function createForwardQueue<Job, Result>({
  prepare,
  onError,
}: ForwardQueueDeps<Job, Result>): ForwardQueue<Job, Result> {
  let waiting: Waiting<Job, Result>[] = [];
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

  function take(): Waiting<Job, Result> | undefined {
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

  async function start({ job, done }: Waiting<Job, Result>): Promise<void> {
    inFlight += 1;
    try {
      const send = await prepare(job);
      if (send !== null) void finish(send(), job, done);
      else end(done);
    } catch (error) {
      onError(error, job);
      end(done);
    }
  }

  async function finish(sending: Promise<Result>, job: Job, done: (result?: Result) => void): Promise<void> {
    let result: Result | undefined;
    try {
      result = await sending;
    } catch (error) {
      onError(error, job);
    }
    end(done, result);
    void pump();
  }

  function end(done: (result?: Result) => void, result?: Result): void {
    inFlight -= 1;
    done(result);
  }

  function settle(): void {
    if (inFlight === 0 && !isPreparing) idle.resolve();
  }

  return {
    add(job) {
      const { promise, resolve } = Promise.withResolvers<Result | undefined>();
      waiting.push({ job, done: resolve });
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
