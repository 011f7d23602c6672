import type { Attempt, AttemptKind, AttemptOutcome } from "#shared/domain/attempt.ts";
import { type HeaderPairs, REPLAY_HEADER } from "#shared/domain/headers.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "../lib/log.ts";
import { createForwardQueue } from "./forward-queue.ts";
import type { Destination, Sender, StoredRequest } from "./sender.ts";

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
  readonly sender: Sender;
  readonly log: Log;
  /** Undefined where the delivery is gone. */
  load(id: string): Promise<StoredRequest | undefined>;
  /** Stores it and gives it its id. */
  record(attempt: EndedAttempt): Promise<Attempt>;
  /** Where deliveries are forwarded to, and replayed to unless another target is named; null for nowhere. */
  defaultTarget(): string | null;
  /** A stored attempt, forward or replay. */
  onAttempt(attempt: Attempt): void;
  /** Called when the target is refused, which makes no attempts to look at, and with null when it no longer is. */
  onForwardProblem?(problem: AppError | null): void;
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
   * Sends a delivery once more, to `target` or the default one, marked as a replay; with `change`, sends what that makes
   * of it. Throws AppError `replay.no_target`, `replay.target_refused`, `input.invalid`, `delivery.not_found`, what
   * `change` throws, or the signal's reason.
   */
  replay(id: string, target?: string, signal?: AbortSignal, change?: Change): Promise<Attempt>;
}

/** What is to be sent in the stead of a stored delivery. */
export interface Change {
  /** The very same where nothing is changed. */
  apply(stored: StoredRequest): StoredRequest;
  /** Keeps what was changed as a delivery of its own, whose id it gives. Asked once the target is known to be allowed. */
  keep(changed: StoredRequest): Promise<string>;
}

/** A delivery on its way: what is left is to send it and to store what came of it. */
interface Prepared {
  readonly id: string;
  readonly kind: AttemptKind;
  readonly stored: StoredRequest;
  readonly destination: Destination;
}

export function createReplayer(deps: ReplayerDeps): Replayer {
  const { sender, log } = deps;
  const closing = new AbortController();
  let forwardProblem: AppError | null = null;

  async function prepare(id: string, kind: AttemptKind, target: string, signal: AbortSignal): Promise<Prepared | null> {
    const destination = await sender.resolve(target, signal);
    const stored = await deps.load(id);
    return stored === undefined ? null : { id, kind, stored, destination };
  }

  async function attempt({ id, kind, stored, destination }: Prepared, signal: AbortSignal): Promise<Attempt> {
    const extra: HeaderPairs = kind === "replay" ? [[REPLAY_HEADER, id]] : [];
    const sent = await sender.send(stored, destination, extra, signal);
    const recorded = await deps.record({ deliveryId: id, kind, ...sent });
    deps.onAttempt(recorded);
    return recorded;
  }

  async function replayTo(target: string, id: string, signal: AbortSignal, change?: Change): Promise<Attempt> {
    const prepared = await prepare(id, "replay", target, signal);
    if (prepared === null) throw new AppError("delivery.not_found", `Delivery ${id} is gone.`);
    const stored = change?.apply(prepared.stored) ?? prepared.stored;
    // Half a body with the signature of the whole one would only look like a failure of the handler.
    if (stored.isIncomplete) throw incomplete(id);
    signal.throwIfAborted();
    if (change === undefined || stored === prepared.stored) return await attempt(prepared, signal);
    return await attempt({ ...prepared, stored, id: await change.keep(stored) }, signal);
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
    async replay(id, targetText, signal, change) {
      const target = targetText ?? deps.defaultTarget();
      if (target === null) {
        throw new AppError(
          "replay.no_target",
          "There is no target to send it to. Set “Forward to” in Settings, or name one with --to.",
        );
      }
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      const replaying = replayTo(target, id, either, change);
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

/** Why a delivery of which only a part arrived is not sent on. */
export function incomplete(id: string): AppError {
  return new AppError("input.invalid", `Only a part of delivery ${id} arrived, so it is not sent on.`);
}
