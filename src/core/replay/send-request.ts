import type { AttemptOutcome } from "#shared/domain/attempt.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import type { Clock } from "../lib/clock.ts";
import { type SendingWay, sendingMs } from "./sending-way.ts";
import { toUnreachable } from "./unreachable.ts";
import type { Endpoint } from "./wire/connection.ts";
import type { Connections } from "./wire/connections.ts";
import { type Exchanged, exchange } from "./wire/exchange.ts";
import { requestHead } from "./wire/request-head.ts";

export interface OutgoingRequest extends Endpoint {
  readonly method: string;
  readonly requestTarget: string;
  /** Sent as they are, in this order; they hold Host and Content-Length. */
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
  /** At once and whole, unless given. */
  readonly way?: SendingWay | undefined;
}

export interface SendOptions {
  readonly clock: Clock;
  readonly connections: Connections;
  /** For connecting and the whole answer together; what a request takes that is slow on purpose comes on top. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Sent {
  readonly outcome: AttemptOutcome;
  /** Epoch milliseconds: when the connection stood and the first byte went out, or, without one, when it was tried. */
  readonly startedAt: number;
  readonly ms: number;
}

/**
 * Sends one request, once. Redirects are answers like any other. Whatever the target does is an outcome; rejects with the
 * signal's reason when it is aborted, and with AppError `input.invalid` for a request that cannot be put on the wire.
 */
export async function sendRequest(request: OutgoingRequest, options: SendOptions): Promise<Sent> {
  const { clock, connections, signal } = options;
  signal?.throwIfAborted();
  const { method, body, way } = request;
  const head = requestHead(method, request.requestTarget, request.headers);
  let startedAt = clock.now();
  const onSending = () => {
    startedAt = clock.now();
  };
  const timeoutMs = options.timeoutMs + sendingMs(way, body.length);
  const wireRequest = { method, head, body, way };
  const exchanged = await exchange(connections.to(request), wireRequest, { timeoutMs, signal, onSending });
  return { outcome: toOutcome(exchanged, request.target.host), startedAt, ms: Math.max(0, clock.now() - startedAt) };
}

function toOutcome(exchanged: Exchanged, host: string): AttemptOutcome {
  if (exchanged.kind !== "answer") return toUnreachable(exchanged, host);
  const { status, headers, body, bodyBytes, incomplete } = exchanged.answer;
  return {
    kind: "answered",
    status,
    headers,
    bodyBase64: body.toString("base64"),
    bodyBytes,
    ...(incomplete && { bodyIncomplete: incomplete }),
  };
}
