import type { IncomingMessage } from "node:http";
import type { IncompleteReason } from "#shared/domain/delivery.ts";
import type { Clock } from "../lib/clock.ts";
import { createGrowingBody } from "./growing-body.ts";

/** One HTTP request as it came in, whole or not. Times are epoch milliseconds with a fraction. */
export interface Arrival {
  readonly receivedAt: number;
  readonly lastByteAt: number;
  readonly method: string;
  /** The request target as it stood in the request line. */
  readonly path: string;
  /** Flat name, value, name, value…, case, order and duplicates as received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly incomplete?: IncompleteReason;
}

export interface ReadOptions {
  readonly clock: Clock;
  readonly receivedAt: number;
  readonly bodyLimit: number;
  /** Told of bytes that came. */
  onBytes(bytes: number): void;
}

/** A request whose body is being read. `fail` ends the reading from outside; the first reason counts. */
export interface Reading {
  readonly arrival: Promise<Arrival>;
  fail(reason: IncompleteReason): void;
}

/** Reads the exact bytes of a body, up to the limit. Never rejects: what breaks off or is too long is `incomplete`. */
export function readRequest(request: IncomingMessage, options: ReadOptions): Reading {
  const body = createGrowingBody(options.bodyLimit);
  let isDone = false;
  const { promise, resolve } = Promise.withResolvers<Arrival>();

  function finish(incomplete?: IncompleteReason): void {
    if (isDone) return;
    isDone = true;
    resolve({
      receivedAt: options.receivedAt,
      lastByteAt: options.clock.now(),
      method: request.method ?? "",
      path: request.url ?? "",
      rawHeaders: request.rawHeaders,
      body: body.bytes(),
      ...(incomplete && { incomplete }),
    });
  }

  request.on("data", (chunk: Buffer) => {
    if (isDone) return;
    const taken = body.add(chunk);
    options.onBytes(taken);
    if (taken < chunk.length) finish("cut");
  });
  request.on("end", () => finish());
  request.on("error", () => finish("broken-off"));
  request.on("close", () => finish("broken-off"));
  return {
    arrival: promise,
    fail(reason) {
      // What was parsed already may still lie in the stream, from which this takes it.
      request.read();
      finish(reason);
    },
  };
}
