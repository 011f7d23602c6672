import type { Attempt, AttemptKind, AttemptOutcome } from "#shared/domain/attempt.ts";
import { type HeaderPairs, REPLAY_HEADER } from "#shared/domain/headers.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { portOf } from "#shared/domain/url-address.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { createForwardQueue } from "./forward-queue.ts";
import { outgoingHeaders } from "./outgoing-headers.ts";
import { type Sent, sendRequest } from "./send-request.ts";
import { type Lookup, mayLeadToLoopback, resolveTarget, type TargetAddresses } from "./target-guard.ts";
import { targetUrl } from "./target-url.ts";
import { nameNotFound } from "./unreachable.ts";

const DEFAULT_TIMEOUT_MS = 30_000;

/** A delivery as it is sent again: everything as received. */
export interface StoredRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
  /** Only a part of it arrived. */
  readonly isIncomplete?: boolean;
}

/** An attempt that has ended and has no id yet. */
export interface EndedAttempt {
  readonly deliveryId: string;
  readonly kind: AttemptKind;
  readonly target: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly ms: number;
  readonly outcome: AttemptOutcome;
}

export interface ReplayerDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Undefined where the delivery is gone. */
  load(id: string): Promise<StoredRequest | undefined>;
  /** Stores it and gives it its id. */
  record(attempt: EndedAttempt): Promise<Attempt>;
  /** Hosts besides loopback that deliveries may go to: `name` or `name:port`. */
  allowedTargets(): readonly string[];
  /** Where deliveries are forwarded to, and replayed to unless another target is named; null for nowhere. */
  defaultTarget(): string | null;
  /** A stored attempt, forward or replay. */
  onAttempt(attempt: Attempt): void;
  /**
   * Loopback ports of this app: a delivery sent there would be captured and forwarded again without end. None by
   * default.
   */
  ownPorts?(): readonly number[];
  /** Called when the target is refused, which makes no attempts to look at, and with null when it no longer is. */
  onForwardProblem?(problem: AppError | null): void;
  readonly timeoutMs?: number;
  /** The system's, unless given. */
  readonly lookup?: Lookup;
}

/** Sends stored deliveries to the developer's server. Disposing ends what is under way and drops what waits. */
export interface Replayer extends AsyncDisposable {
  /**
   * Sends a delivery to the default target, in the order of the calls; does nothing where there is no target.
   * Resolves when the attempt is stored, also where it could not be made: that is logged and told to
   * `onForwardProblem`.
   */
  forward(id: string): Promise<void>;
  /**
   * Sends a delivery once more, to `target` or the default one, marked as a replay. Throws AppError `replay.no_target`,
   * `replay.target_refused`, `input.invalid`, `delivery.not_found`, or the signal's reason.
   */
  replay(id: string, target?: string, signal?: AbortSignal): Promise<Attempt>;
}

/** A delivery on its way: what is left is to send it and to store what came of it. */
interface Prepared {
  readonly id: string;
  readonly kind: AttemptKind;
  readonly stored: StoredRequest;
  readonly target: URL;
  readonly addresses: TargetAddresses;
}

export function createReplayer(deps: ReplayerDeps): Replayer {
  const { clock, log, timeoutMs = DEFAULT_TIMEOUT_MS } = deps;
  const closing = new AbortController();
  let forwardProblem: AppError | null = null;

  async function prepare(
    id: string,
    kind: AttemptKind,
    targetText: string,
    signal: AbortSignal,
  ): Promise<Prepared | null> {
    signal.throwIfAborted();
    const target = parseTarget(targetText);
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
    const stored = await deps.load(id);
    return stored === undefined ? null : { id, kind, stored, target, addresses };
  }

  async function attempt({ id, kind, stored, target, addresses }: Prepared, signal: AbortSignal): Promise<Attempt> {
    // Not left to the sending: where there is no address nothing is sent, and something would be stored all the same.
    signal.throwIfAborted();
    const { href, requestTarget } = targetUrl(target, stored.path);
    const extra: HeaderPairs = kind === "replay" ? [[REPLAY_HEADER, id]] : [];
    const sent: Sent =
      addresses.kind === "not-found"
        ? { outcome: nameNotFound(addresses.hostname), startedAt: clock.now(), ms: 0 }
        : await sendRequest(
            {
              ...addresses,
              target,
              method: stored.method,
              requestTarget,
              headers: outgoingHeaders(stored, target.host, extra),
              body: stored.body,
            },
            { clock, timeoutMs, signal },
          );
    const recorded = await deps.record({ deliveryId: id, kind, target: href, ...sent });
    deps.onAttempt(recorded);
    return recorded;
  }

  async function replayTo(target: string, id: string, signal: AbortSignal): Promise<Attempt> {
    const prepared = await prepare(id, "replay", target, signal);
    if (prepared === null) throw new AppError("delivery.not_found", `Delivery ${id} is gone.`);
    // Half a body with the signature of the whole one would only look like a failure of the handler.
    if (prepared.stored.isIncomplete) {
      throw new AppError("input.invalid", `Only a part of delivery ${id} arrived, so it is not sent on.`);
    }
    return await attempt(prepared, signal);
  }

  function setForwardProblem(problem: AppError | null): void {
    if (problem?.message === forwardProblem?.message) return;
    forwardProblem = problem;
    deps.onForwardProblem?.(problem);
  }

  const queue = createForwardQueue({
    async prepare(id) {
      const target = deps.defaultTarget();
      const prepared = target === null ? null : await prepare(id, "forward", target, closing.signal);
      setForwardProblem(null);
      return prepared === null ? null : async () => void (await attempt(prepared, closing.signal));
    },
    onError(error) {
      if (closing.signal.aborted) return;
      if (error instanceof AppError) {
        log.warn("forward.failed", { code: error.code });
        if (error.code === "replay.target_refused") setForwardProblem(error);
      } else {
        log.error("forward.failed", error);
      }
    },
  });
  const replays = new Set<Promise<unknown>>();

  return {
    async forward(id) {
      if (deps.defaultTarget() !== null && !closing.signal.aborted) await queue.add(id);
    },
    async replay(id, targetText, signal) {
      const target = targetText ?? deps.defaultTarget();
      if (target === null) {
        throw new AppError(
          "replay.no_target",
          "There is no target to send it to. Set “Forward to” in Settings, or name one with --to.",
        );
      }
      const replaying = replayTo(target, id, signal ? AbortSignal.any([signal, closing.signal]) : closing.signal);
      replays.add(replaying);
      try {
        return await replaying;
      } finally {
        replays.delete(replaying);
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new AppError("internal", "The app is closing."));
      await Promise.allSettled([queue.close(), ...replays]);
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
