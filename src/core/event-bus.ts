import type { EventEnvelope, EventName, EventPayload, Unsubscribe } from "#shared/contract/types.ts";
import type { Log } from "./lib/log.ts";

/** How many past events a client that was away for a moment can catch up on. */
const KEPT_EVENTS = 2_000;
/** What their texts may have together, in characters: how long a path is, its sender decides. */
const KEPT_CHARS = 8 * 1024 * 1024;

/** The engine's one stream of events: numbered, in order, the last ones kept for clients that reconnect. */
export interface EventBus {
  /** The number of the last event; 0 before the first. */
  readonly seq: number;
  publish<N extends EventName>(name: N, payload: EventPayload<N>): void;
  subscribe(listener: (event: EventEnvelope) => void): Unsubscribe;
  /** The events after `seq`, or null where they are not kept any more: the client must load everything again. */
  since(seq: number): readonly EventEnvelope[] | null;
  /** Drops what was kept, and has every client load everything again. */
  forget(): void;
}

export function createEventBus(log: Log): EventBus {
  const listeners = new Set<(event: EventEnvelope) => void>();
  const kept: (EventEnvelope | undefined)[] = new Array(KEPT_EVENTS);
  const chars = new Float64Array(KEPT_EVENTS);
  let keptChars = 0;
  let seq = 0;
  /** Older ones cannot be caught up on. */
  let keptFrom = 0;

  /** One that breaks must take the event neither from those after it nor its success from the one that published. */
  function tell(listener: (event: EventEnvelope) => void, event: EventEnvelope): void {
    try {
      listener(event);
    } catch (error) {
      log.error("events.subscriber_broke", error, { event: event.name });
    }
  }

  /** What was at this place goes. */
  function put(place: number, event: EventEnvelope | undefined): void {
    keptChars -= chars[place] ?? 0;
    chars[place] = event === undefined ? 0 : charsOf(event.payload);
    keptChars += chars[place] ?? 0;
    kept[place] = event;
  }

  function keep(event: EventEnvelope): void {
    put(event.seq % KEPT_EVENTS, event);
    keptFrom = Math.max(keptFrom, event.seq - KEPT_EVENTS);
    while (keptChars > KEPT_CHARS && keptFrom < event.seq) {
      keptFrom += 1;
      put(keptFrom % KEPT_EVENTS, undefined);
    }
  }

  function publish<N extends EventName>(name: N, payload: EventPayload<N>): void {
    seq += 1;
    // The generic signature ties payload to name; the union cannot see that.
    const event = { seq, name, payload } as EventEnvelope;
    keep(event);
    for (const listener of [...listeners]) tell(listener, event);
  }

  return {
    get seq() {
      return seq;
    },
    publish,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    forget() {
      kept.fill(undefined);
      chars.fill(0);
      keptChars = 0;
      keptFrom = seq + 1;
      publish("reset", {});
    },
    since(from) {
      if (from > seq || from < keptFrom) return null;
      const events: EventEnvelope[] = [];
      for (let i = from + 1; i <= seq; i++) {
        const event = kept[i % KEPT_EVENTS];
        if (event !== undefined) events.push(event);
      }
      return events;
    },
  };
}

/** Of the texts that it holds itself; those below are short. */
function charsOf(payload: object | null): number {
  let chars = 0;
  for (const value of Object.values(payload ?? {})) if (typeof value === "string") chars += value.length;
  return chars;
}
