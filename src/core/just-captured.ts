import type { EventEnvelope } from "#shared/contract/types.ts";
import { type HeaderPairs, toHeaderPairs } from "#shared/domain/headers.ts";
import type { Appended } from "./store/append-queue.ts";
import type { NewDelivery } from "./store/stored-delivery.ts";

/** As many as are forwarded at once; what waits behind them is read from the store when its turn comes. */
const MAX_KEPT = 50;
const MAX_KEPT_BYTES = 8 * 1024 * 1024;

/** What of a delivery is needed to send it on. */
export interface CapturedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}

/**
 * The deliveries of the last moment, so that forwarding one need not ask the store for what was here just now: its thread
 * is busy with the next ones, and that question is most of what forwarding would add.
 */
export interface JustCaptured {
  /** The same append, which also keeps what is whole. */
  keeping(append: (delivery: NewDelivery) => Promise<Appended>): (delivery: NewDelivery) => Promise<Appended>;
  /** Gives it once, where it is still here. */
  take(id: string): CapturedRequest | undefined;
  /** What is deleted is not sent on from here either. */
  follow(event: EventEnvelope): void;
}

export function createJustCaptured(): JustCaptured {
  const kept = new Map<string, NewDelivery>();
  let keptBytes = 0;

  function remove(id: string): NewDelivery | undefined {
    const delivery = kept.get(id);
    if (delivery === undefined) return undefined;
    kept.delete(id);
    keptBytes -= delivery.body.byteLength;
    return delivery;
  }

  function keep(id: string, delivery: NewDelivery): void {
    kept.set(id, delivery);
    keptBytes += delivery.body.byteLength;
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT && keptBytes <= MAX_KEPT_BYTES) break;
      remove(oldest);
    }
  }

  return {
    keeping: (append) => (delivery) =>
      append(delivery).then((appended) => {
        if (delivery.incomplete === undefined) keep(appended.id, delivery);
        return appended;
      }),
    take(id) {
      const delivery = remove(id);
      if (delivery === undefined) return undefined;
      const { method, path, rawHeaders, body } = delivery;
      return { method, path, headers: toHeaderPairs(rawHeaders), body };
    },
    follow(event) {
      // A reset is what is told when everything was erased.
      if (event.name !== "delivery.removed" && event.name !== "reset") return;
      const ids = event.name === "reset" ? null : event.payload.ids;
      for (const id of ids ?? [...kept.keys()]) remove(id);
    },
  };
}
