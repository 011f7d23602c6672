import type { Clock } from "#core/lib/clock.ts";
import type { Persistence } from "./answer-head.ts";
import { type Connection, type ConnectionUser, type Endpoint, openConnection } from "./connection.ts";

/** Shorter than the keep-alive of any server we know of: of those that do not tell it, the shortest is 2 s (gunicorn). */
const KEEP_MS = 1_000;
const SWEEP_EVERY_MS = 250;
/** A connection that was idle for longer first gets the chance to say that it was closed meanwhile. */
const FRESH_MS = 5;
/** As many as can be under way at once, forwards and replays. */
const MAX_IDLE = 100;
const MAX_DESTINATIONS = 100;

/** Connections that are kept for the next sending to the same destination, for a second. Disposing closes them. */
export interface Connections extends Disposable {
  to(endpoint: Endpoint): Destination;
}

/**
 * What is sent over a kept connection in the very moment in which the target closes it may or may not have been
 * handled, and is never sent twice. So one is reused only where the target is known to keep it: it said so in its answer,
 * or it left one open for as long as we do. A target that closed one early, without a word, has to do the latter. And a
 * server that seems to serve one connection after the other, the next when the last is closed, gets none that is idle.
 */
export interface Destination {
  /** One that was kept, or undefined. */
  take(user: ConnectionUser): Promise<Connection | undefined>;
  open(user: ConnectionUser): Connection;
  /** Takes it back when its exchange is over, and closes it where it is not to be kept (`persistence` null, or in doubt). */
  giveBack(connection: Connection, persistence: Persistence | null): void;
  /** Closes one that brought no answer. */
  drop(connection: Connection): void;
  /** A kept connection ended without an answer: the target may have closed it as idle. */
  doubt(): void;
}

interface Idle {
  readonly connection: Connection;
  readonly since: number;
  readonly keepMs: number;
  readonly isAnnounced: boolean;
}

/** What is known of a destination. */
interface Known {
  readonly idle: Idle[];
  /** Forgotten: what comes back now is not kept, for nobody would find it. */
  isGone: boolean;
  trust: "unknown" | "proven" | "doubted";
  /** Opened, and not answered yet. */
  readonly waiting: Set<Connection>;
  /** Something waited for as long as another connection was idle. A slow handler looks the same, and loses little. */
  isSerial: boolean;
}

export function createConnections(clock: Clock): Connections {
  const now = () => clock.now();
  /** Where the clock was set back, one is too old: nobody knows how old it is. */
  const ageOf = ({ since }: Idle) => (now() < since ? Number.POSITIVE_INFINITY : now() - since);
  const destinations = new Map<string, Known>();
  let idleCount = 0;
  let sweeping: NodeJS.Timeout | undefined;
  let isDisposed = false;

  function knownOf(endpoint: Endpoint): Known {
    const key = keyOf(endpoint);
    let known = destinations.get(key);
    if (known === undefined) {
      if (destinations.size >= MAX_DESTINATIONS) forgetOldest();
      known = { idle: [], isGone: isDisposed, trust: "unknown", waiting: new Set(), isSerial: false };
      destinations.set(key, known);
    }
    return known;
  }

  function forgetOldest(): void {
    const [oldest] = destinations;
    if (oldest === undefined) return;
    const [key, known] = oldest;
    for (const entry of [...known.idle]) close(known, entry);
    known.isGone = true;
    destinations.delete(key);
  }

  function remove(known: Known, entry: Idle): void {
    known.idle.splice(known.idle.indexOf(entry), 1);
    idleCount -= 1;
  }

  function close(known: Known, entry: Idle): void {
    remove(known, entry);
    entry.connection.destroy();
  }

  /** The one that was used last: it is the least likely to be closed meanwhile. */
  function pick(known: Known): Idle | undefined {
    const entry = known.idle.findLast((idle) => ageOf(idle) < idle.keepMs && isTrusted(known, idle.isAnnounced));
    if (entry !== undefined) remove(known, entry);
    return entry;
  }

  function keep(known: Known, connection: Connection, keepMs: number, isAnnounced: boolean): void {
    const entry: Idle = { connection, since: now(), keepMs, isAnnounced };
    const lose = () => {
      if (ageOf(entry) < keepMs) known.trust = "doubted";
      close(known, entry);
    };
    connection.user = { onOpen() {}, onData: lose, onEnd: lose };
    known.idle.push(entry);
    idleCount += 1;
    sweeping ??= setTimeout(sweep, SWEEP_EVERY_MS).unref();
  }

  function sweep(): void {
    for (const known of destinations.values()) {
      for (const entry of known.idle.filter((idle) => ageOf(idle) >= idle.keepMs)) {
        close(known, entry);
        if (entry.keepMs === KEEP_MS) known.trust = "proven";
        if (known.waiting.size > 0) known.isSerial = true;
      }
    }
    sweeping = idleCount > 0 ? setTimeout(sweep, SWEEP_EVERY_MS).unref() : undefined;
  }

  return {
    to(endpoint) {
      const known = knownOf(endpoint);
      return {
        async take(user) {
          for (let idle = pick(known); idle !== undefined; idle = pick(known)) {
            if (ageOf(idle) <= FRESH_MS || (await isStillOpen(idle.connection))) {
              idle.connection.user = user;
              return idle.connection;
            }
            known.trust = "doubted";
            idle.connection.destroy();
          }
          return undefined;
        },
        open(user) {
          const connection = openConnection(endpoint, user);
          known.waiting.add(connection);
          return connection;
        },
        drop(connection) {
          known.waiting.delete(connection);
          connection.destroy();
        },
        giveBack(connection, persistence) {
          known.waiting.delete(connection);
          const keepMs = keepMsOf(persistence);
          // One is enough to find out whether a target keeps them; a server with one thread waits on each.
          const isOnTrial = !isTrusted(known, persistence?.isAnnounced === true);
          const isFull = idleCount >= MAX_IDLE || (isOnTrial && known.idle.length > 0);
          if (known.isGone || known.isSerial || keepMs === 0 || isFull || !connection.isFlushed()) connection.destroy();
          else keep(known, connection, keepMs, persistence?.isAnnounced === true);
        },
        doubt() {
          known.trust = "doubted";
        },
      };
    },
    [Symbol.dispose]() {
      isDisposed = true;
      clearTimeout(sweeping);
      while (destinations.size > 0) forgetOldest();
    },
  };
}

/** Addresses in any order: a name server turns them around. */
function keyOf({ target, addresses, isLoopback, skipVerify = false }: Endpoint): string {
  return `${target.origin} ${isLoopback} ${skipVerify} ${addresses.toSorted().join()}`;
}

function isTrusted({ trust }: Known, isAnnounced: boolean): boolean {
  return trust === "proven" || (trust === "unknown" && isAnnounced);
}

/** Half of what the target says, so that its clock and ours need not agree on the end. */
function keepMsOf(persistence: Persistence | null): number {
  if (persistence === null) return 0;
  return Math.min(KEEP_MS, (persistence.timeoutMs ?? Number.POSITIVE_INFINITY) / 2);
}

/** Two turns of the event loop: between them the system is asked what has come in. */
async function isStillOpen(connection: Connection): Promise<boolean> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  connection.user = { onOpen() {}, onData: over, onEnd: over };
  for (let turn = 0; turn < 2; turn += 1) await new Promise(setImmediate);
  return !isOver;
}
