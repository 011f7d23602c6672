import { type Fault, groupSize, isHit, type LiveFault } from "#shared/domain/fault.ts";

export interface LiveFaultsDeps {
  /** Resolves when the attempt has ended, or could not be made. */
  forward(id: string, fault?: Fault): Promise<void>;
  onChange(): void;
}

/**
 * Stands before the forwards and puts a fault into those to come. It is not kept over a restart: nobody should find a handler
 * failing for a reason of yesterday. Disposing drops what is held.
 */
export interface LiveFaults extends Disposable {
  current(): LiveFault | null;
  /** For the next so many deliveries that it hits, or for all until it is cleared. What an earlier one holds goes out. */
  set(fault: Fault, next: number | null): void;
  /** Sends at once what is held. */
  clear(): void;
  /** Resolves when all sendings of it have ended. */
  forward(id: string): Promise<void>;
}

/** Deliveries that wait for each other. */
interface Group {
  readonly fault: Fault;
  readonly ids: string[];
  readonly ended: PromiseWithResolvers<void>;
}

export function createLiveFaults({ forward, onChange }: LiveFaultsDeps): LiveFaults {
  let live: LiveFault | null = null;
  /** How many deliveries came since it was set. */
  let seen = 0;
  let group: Group | null = null;
  const delayed = new Set<() => void>();
  let isClosed = false;

  /** Takes one off what is left; the last one ends the fault. */
  function countDown(): void {
    if (live === null || live.left === null) return;
    const left = live.left - 1;
    live = left === 0 ? null : { ...live, left };
    onChange();
  }

  async function sendWith(fault: Fault, id: string): Promise<void> {
    countDown();
    switch (fault.kind) {
      case "duplicate":
        await Promise.all(Array.from({ length: fault.times }, () => forward(id, fault)));
        break;
      case "delay":
        await delay(fault.ms);
        if (!isClosed) await forward(id, fault);
        break;
      case "reorder":
      case "burst":
        await joinGroup(fault, id);
        break;
      default:
        await forward(id, fault);
    }
  }

  async function delay(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    delayed.add(resolve);
    await promise;
    delayed.delete(resolve);
    clearTimeout(timer);
  }

  async function joinGroup(fault: Fault, id: string): Promise<void> {
    group ??= { fault, ids: [], ended: Promise.withResolvers() };
    const { ids, ended } = group;
    ids.push(id);
    // With the last delivery that the fault was set for, nobody is left to wait for.
    if (ids.length === groupSize(fault) || live === null) releaseGroup();
    await ended.promise;
  }

  function releaseGroup(): void {
    if (group === null) return;
    const { fault, ids, ended } = group;
    group = null;
    // One alone came in no other order, and with nobody at once.
    const mark = ids.length > 1 ? fault : undefined;
    ended.resolve(fault.kind === "reorder" ? sendReversed(ids, mark) : sendAtOnce(ids, mark));
  }

  /** Each when the one before has its answer: on several connections nobody could tell which one arrives first. */
  async function sendReversed(ids: readonly string[], fault: Fault | undefined): Promise<void> {
    for (const id of ids.toReversed()) await forward(id, fault);
  }

  async function sendAtOnce(ids: readonly string[], fault: Fault | undefined): Promise<void> {
    await Promise.all(ids.map((id) => forward(id, fault)));
  }

  function releaseAll(): void {
    releaseGroup();
    for (const release of delayed) release();
  }

  return {
    current: () => live,
    set(fault, next) {
      releaseAll();
      live = { fault, left: next };
      seen = 0;
      onChange();
    },
    clear() {
      live = null;
      releaseAll();
      onChange();
    },
    async forward(id) {
      if (live === null) return forward(id);
      const { fault } = live;
      const index = seen;
      seen += 1;
      await (isHit(fault, index) ? sendWith(fault, id) : forward(id));
    },
    [Symbol.dispose]() {
      isClosed = true;
      group?.ended.resolve();
      group = null;
      for (const release of delayed) release();
    },
  };
}
