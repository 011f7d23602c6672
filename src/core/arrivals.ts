import { hash } from "node:crypto";

/** A simulated event on its way: resolved with the delivery's id once it is stored. */
export interface Expected {
  readonly id: Promise<string>;
  cancel(): void;
}

/**
 * Tells simulated events from received ones without a trace on the wire: whoever sends one says what to expect, and
 * the capture finds it by webhook and body. Two with the same body are told apart by their order.
 */
export interface Arrivals {
  expect(wanted: { webhookId: string | undefined; bodySha256: string }): Expected;
  /** The oldest waiting expectation for this delivery, taken off the list; undefined for everything else. */
  take(webhookId: string | undefined, body: Uint8Array): ((id: string) => void) | undefined;
}

export function createArrivals(): Arrivals {
  const waiting = new Map<string, Array<(id: string) => void>>();
  const keyOf = (webhookId: string | undefined, sha256: string) => `${webhookId ?? ""} ${sha256}`;

  return {
    expect({ webhookId, bodySha256 }) {
      const key = keyOf(webhookId, bodySha256);
      const { promise, resolve } = Promise.withResolvers<string>();
      waiting.set(key, [...(waiting.get(key) ?? []), resolve]);
      return {
        id: promise,
        cancel() {
          const rest = (waiting.get(key) ?? []).filter((other) => other !== resolve);
          if (rest.length > 0) waiting.set(key, rest);
          else waiting.delete(key);
        },
      };
    },
    take(webhookId, body) {
      // Nothing is expected nearly always, and then nothing is hashed.
      if (waiting.size === 0) return undefined;
      const key = keyOf(webhookId, hash("sha256", body, "hex"));
      const [first, ...rest] = waiting.get(key) ?? [];
      if (rest.length > 0) waiting.set(key, rest);
      else waiting.delete(key);
      return first;
    },
  };
}
