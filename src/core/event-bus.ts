import type { EventEnvelope, EventName, EventPayload, Unsubscribe } from "#shared/contract/types.ts";
import type { Log } from "./lib/log.ts";
import { createTextRing } from "./lib/text-ring.ts";

/** How many past events a client that was away for a moment can catch up on. */
const KEPT_EVENTS = 2_000;
/** What they may take of the memory: how long a path is, its sender decides. */
const KEPT_BYTES = 2 * 1024 * 1024;

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
  /** Another array with every change: one that is told of an event may subscribe or leave. */
  let listeners: readonly ((event: EventEnvelope) => void)[] = [];
  const kept = createTextRing({ count: KEPT_EVENTS, bytes: KEPT_BYTES });
  let seq = 0;

  /** One that breaks must take the event neither from those after it nor its success from the one that published. */
  function tell(listener: (event: EventEnvelope) => void, event: EventEnvelope): void {
    try {
      listener(event);
    } catch (error) {
      log.error("events.subscriber_broke", error, { event: event.name });
    }
  }

  function publish<N extends EventName>(name: N, payload: EventPayload<N>): void {
    seq += 1;
    // The generic signature ties payload to name; the union cannot see that.
    const event = { seq, name, payload } as EventEnvelope;
    kept.push(JSON.stringify(event));
    for (const listener of listeners) tell(listener, event);
  }

  return {
    get seq() {
      return seq;
    },
    publish,
    subscribe(listener) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
    forget() {
      kept.clear();
      publish("reset", {});
    },
    // They are what `publish` wrote.
    since: (from) => kept.after(from)?.map((text) => JSON.parse(text) as EventEnvelope) ?? null,
  };
}
