import type { Fault } from "#shared/domain/fault.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { portOf } from "#shared/domain/url-address.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { outgoingHeaders } from "../lib/outgoing-headers.ts";
import { targetUrl } from "../lib/target-url.ts";
import { changeRequest } from "./faults/change-request.ts";
import { type Sent, sendRequest } from "./send-request.ts";
import { type Lookup, mayLeadToLoopback, resolveTarget, type TargetAddresses } from "./target-guard.ts";
import { droppedOnPurpose, nameNotFound } from "./unreachable.ts";
import { createConnections } from "./wire/connections.ts";

const DEFAULT_TIMEOUT_MS = 30_000;

/** A request as it is sent again: everything as received. */
export interface StoredRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
  /** Only a part of it arrived. */
  readonly isIncomplete?: boolean;
}

/** A target that may be sent to, and the addresses that were checked for it. */
export interface Destination {
  readonly target: URL;
  readonly addresses: TargetAddresses;
}

/** What came of a sending; `target` is the whole URL that it went to. */
export interface Delivered extends Sent {
  readonly target: string;
  /** What was done to it on purpose; absent where the fault asked for had nothing to change. */
  readonly fault?: Fault;
}

export interface SenderDeps {
  readonly clock: Clock;
  /** Hosts besides loopback that may be sent to: `name` or `name:port`. */
  allowedTargets(): readonly string[];
  /**
   * Loopback ports of this app: a delivery sent there would be captured and forwarded again without end. None by
   * default.
   */
  ownPorts?(): readonly number[];
  /** Whether any certificate of this target will do; none unless given, but for loopback. */
  skipsVerify?(target: URL): boolean;
  readonly timeoutMs?: number;
  /** The system's, unless given. */
  readonly lookup?: Lookup;
}

/**
 * The one way out: whatever is forwarded or replayed goes through here, to nowhere that is not allowed. Disposing closes
 * the connections that are kept; sendings under way end by their signals.
 */
export interface Sender extends AsyncDisposable {
  /** Throws AppError `input.invalid`, `replay.target_refused`, or the signal's reason. */
  resolve(target: string, signal: AbortSignal): Promise<Destination>;
  /**
   * Sends once, with `extra` headers behind the request's own and with what of `fault` concerns one sending. Rejects with the
   * signal's reason, or with AppError `input.invalid` for a request that cannot be put on the wire.
   */
  send(
    request: StoredRequest,
    destination: Destination,
    extra: HeaderPairs,
    signal: AbortSignal,
    fault?: Fault,
  ): Promise<Delivered>;
}

export function createSender(deps: SenderDeps): Sender {
  const { clock, timeoutMs = DEFAULT_TIMEOUT_MS } = deps;
  const connections = createConnections(clock);
  return {
    async resolve(text, signal) {
      signal.throwIfAborted();
      const target = parseTarget(text);
      if (target === null)
        throw new AppError("input.invalid", "The target is an http:// or https:// URL, or a bare port.");
      const looking = resolveTarget(target, deps.allowedTargets(), deps.lookup);
      const addresses = await within(timeoutMs, signal, looking, { kind: "not-found", hostname: target.hostname });
      const isOwnPort = deps.ownPorts?.().includes(portOf(target)) ?? false;
      if (isOwnPort && addresses.kind === "found" && mayLeadToLoopback(addresses.addresses)) {
        throw new AppError(
          "replay.target_refused",
          `${target.host} is where this app receives deliveries: they would go round in circles. Name the port of your own server.`,
          { details: { host: target.host } },
        );
      }
      return { target, addresses };
    },
    async send(stored, { target, addresses }, extra, signal, wanted) {
      // Not left to the sending: where there is no address nothing is sent, and something would be stored all the same.
      signal.throwIfAborted();
      const faulty = wanted === undefined ? null : changeRequest(wanted, stored);
      const { request, way } = faulty ?? { request: stored };
      const { href, requestTarget } = targetUrl(target, request.path);
      const about = { target: href, ...(faulty && wanted && { fault: wanted }) };
      if (wanted?.kind === "drop") return { ...about, outcome: droppedOnPurpose(), startedAt: clock.now(), ms: 0 };
      if (addresses.kind === "not-found") {
        return { ...about, outcome: nameNotFound(addresses.hostname), startedAt: clock.now(), ms: 0 };
      }
      const headers = outgoingHeaders(request, target.host, extra);
      const { method, body } = request;
      const skipVerify = deps.skipsVerify?.(target) ?? false;
      const outgoing = { ...addresses, target, skipVerify, method, requestTarget, headers, body, way };
      return { ...about, ...(await sendRequest(outgoing, { clock, connections, timeoutMs, signal })) };
    },
    async [Symbol.asyncDispose]() {
      connections[Symbol.dispose]();
    },
  };
}

/** A name server may take long to say nothing. Rejects with the signal's reason when it is aborted. */
async function within<T>(timeoutMs: number, signal: AbortSignal, promise: Promise<T>, fallback: T): Promise<T> {
  const { promise: early, resolve, reject } = Promise.withResolvers<T>();
  const stop = () => reject(signal.reason);
  const timer = setTimeout(() => resolve(fallback), timeoutMs);
  signal.addEventListener("abort", stop);
  try {
    return await Promise.race([promise, early]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
