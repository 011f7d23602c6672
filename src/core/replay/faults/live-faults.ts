import { type Fault, groupSize, isHit, type LiveFault } from "#shared/domain/fault.ts";

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
  /**
   * Has a delivery sent by `send`, as often and as late as the fault says. Resolves with what the first sending came to,
   * once all have ended; undefined where it was never sent.
   */
  pass<R>(send: Send<R>): Promise<R | undefined>;
}

/** Sends one delivery once, with what of the fault concerns one sending. */
type Send<R> = (fault?: Fault) => Promise<R>;

/** Deliveries that wait for each other, and what sends each of them, in the order in which they came. */
interface Group {
  readonly fault: Fault;
  readonly members: Array<(fault: Fault | undefined) => Promise<void>>;
  readonly ended: PromiseWithResolvers<void>;
}

export function createLiveFaults({ onChange }: { onChange(): void }): LiveFaults {
  let live: Pick<LiveFault, "fault" | "left"> | null = null;
  /** The last one that was set, whose deliveries may wait when it has hit all that it was set for. */
  let last: Fault | null = null;
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
    tell();
  }

  function tell(): void {
    if (!isClosed) onChange();
  }

  function current(): LiveFault | null {
    const waiting = delayed.size + (group?.members.length ?? 0);
    const held = waiting > 0 && { waiting };
    if (live !== null) return { ...live, ...held };
    return held && last !== null ? { fault: last, left: 0, ...held } : null;
  }

  async function sendWith<R>(fault: Fault, send: Send<R>): Promise<R | undefined> {
    countDown();
    switch (fault.kind) {
      case "duplicate": {
        const [first] = await Promise.all(Array.from({ length: fault.times }, () => send(fault)));
        return first;
      }
      case "delay":
        await delay(fault.ms);
        return isClosed ? undefined : send(fault);
      case "reorder":
      case "burst":
        return joinGroup(fault, send);
      default:
        return send(fault);
    }
  }

  async function delay(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    delayed.add(resolve);
    tell();
    await promise;
    delayed.delete(resolve);
    clearTimeout(timer);
    tell();
  }

  async function joinGroup<R>(fault: Fault, send: Send<R>): Promise<R | undefined> {
    group ??= { fault, members: [], ended: Promise.withResolvers() };
    const { members, ended } = group;
    let result: R | undefined;
    members.push(async (mark) => {
      result = await send(mark);
    });
    // With the last delivery that the fault was set for, nobody is left to wait for.
    if (members.length === groupSize(fault) || live === null) releaseGroup();
    tell();
    await ended.promise;
    return result;
  }

  function releaseGroup(): void {
    if (group === null) return;
    const { fault, members, ended } = group;
    group = null;
    // One alone came in no other order, and with nobody at once.
    const mark = members.length > 1 ? fault : undefined;
    ended.resolve(fault.kind === "reorder" ? sendReversed(members, mark) : sendAtOnce(members, mark));
  }

  /** Each when the one before has its answer: on several connections nobody could tell which one arrives first. */
  async function sendReversed(members: Group["members"], mark: Fault | undefined): Promise<void> {
    for (const send of members.toReversed()) await send(mark);
  }

  async function sendAtOnce(members: Group["members"], mark: Fault | undefined): Promise<void> {
    await Promise.all(members.map((send) => send(mark)));
  }

  function releaseAll(): void {
    releaseGroup();
    const held = [...delayed];
    delayed.clear();
    for (const release of held) release();
  }

  return {
    current,
    set(fault, next) {
      releaseAll();
      live = { fault, left: next };
      last = fault;
      seen = 0;
      tell();
    },
    clear() {
      live = null;
      releaseAll();
      tell();
    },
    pass(send) {
      if (live === null) return send();
      const { fault } = live;
      const index = seen;
      seen += 1;
      return isHit(fault, index) ? sendWith(fault, send) : send();
    },
    [Symbol.dispose]() {
      isClosed = true;
      group?.ended.resolve();
      group = null;
      for (const release of delayed) release();
    },
  };
}
