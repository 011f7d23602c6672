import type { Attempt, AttemptKind, AttemptOutcome } from "#shared/domain/attempt.ts";
import type { Fault } from "#shared/domain/fault.ts";
import { type HeaderPairs, REPLAY_HEADER } from "#shared/domain/headers.ts";
import type { Target } from "#shared/domain/named-target.ts";
import type { Destinations } from "#shared/domain/route.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "../lib/log.ts";
import { noTarget } from "../lib/no-target.ts";
import { createForwarder, type Relayed } from "./forwarder.ts";
import type { Destination, Sender, StoredRequest } from "./sender.ts";

/** An attempt that has ended and has no id yet. */
export interface EndedAttempt {
  readonly deliveryId: string;
  readonly kind: AttemptKind;
  readonly target: string;
  readonly targetName?: string | undefined;
  readonly route?: string | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly ms: number;
  readonly outcome: AttemptOutcome;
  readonly fault?: Fault;
}

export interface ReplayerDeps {
  readonly sender: Sender;
  readonly log: Log;
  /** Undefined where the delivery is gone. */
  load(id: string): Promise<StoredRequest | undefined>;
  /** Stores it and gives it its id. */
  record(attempt: EndedAttempt): Promise<Attempt>;
  /** Where deliveries go that no route decides about; null for nowhere. */
  defaultTarget(): string | null;
  /** What the routes say of a delivery; all go to the default target unless given. */
  route?(id: string): Destinations | Promise<Destinations>;
  namedTarget?(name: string): Target | undefined;
  /** Headers for what goes to a URL that has no name; none unless given. */
  headersFor?(url: string): HeaderPairs;
  /** A stored attempt, forward or replay. */
  onAttempt(attempt: Attempt): void;
  /** Called when the target is refused, which makes no attempts to look at, and with null when it no longer is. */
  onForwardProblem?(problem: AppError | null): void;
}

/** Sends stored deliveries to the developer's server. Disposing ends what is under way and drops what waits. */
export interface Replayer extends AsyncDisposable {
  /**
   * Sends a delivery where the routes say, to each target in the order of the calls; does nothing where there is none.
   * With what of `fault` concerns one sending. Resolves when the attempts are stored, also where they could not be made:
   * that is logged and told to `onForwardProblem`.
   */
  forward(id: string, fault?: Fault): Promise<void>;
  /** Forwards as well, and resolves with what the first of its targets did. */
  relay(id: string, fault?: Fault): Promise<Relayed>;
  /** To be called when targets or routes have changed. */
  targetsChanged(): void;
  /**
   * Sends a delivery once more, marked as a replay: to `target`, which is a name, a URL or a port, or where the routes
   * say. Of several, the first one's attempt is the answer, once all have ended; where that one is refused, nothing is
   * sent. With `change`, what that makes of the delivery is sent. Throws AppError `replay.no_target`,
   * `replay.target_refused`, `input.invalid`, `delivery.not_found`, what `change` throws, or the signal's reason.
   */
  replay(id: string, target?: string, signal?: AbortSignal, change?: Change): Promise<Attempt>;
  /** Whether the first target that the routes say may be sent to. Throws AppError `replay.no_target` or `replay.target_refused`. */
  check(id: string): Promise<void>;
  /** Where a replay goes first; null for nowhere, or where the target cannot be read. */
  urlOf(id: string, target: string | undefined): Promise<URL | null>;
}

/** What is to be sent in the stead of a stored delivery. */
export interface Change {
  /** The very same where nothing is changed. */
  apply(stored: StoredRequest): StoredRequest;
  /** Keeps what was changed as a delivery of its own, whose id it gives. Asked once the target is known to be allowed. */
  keep(changed: StoredRequest): Promise<string>;
}

/** A target to send to: the one of a name, with its headers, or a URL. */
interface Goal {
  readonly url: string;
  readonly target?: Target | undefined;
  readonly route?: string | undefined;
}

/** A delivery on its way: what is left is to send it and to store what came of it. */
interface Prepared {
  readonly id: string;
  readonly kind: AttemptKind;
  readonly goal: Goal;
  readonly stored: StoredRequest;
  readonly destination: Destination;
}

export function createReplayer(deps: ReplayerDeps): Replayer {
  const { sender, log } = deps;
  const closing = new AbortController();
  const route = (id: string): Destinations | Promise<Destinations> => deps.route?.(id) ?? { targets: [null] };

  async function prepare(id: string, kind: AttemptKind, goal: Goal, signal: AbortSignal): Promise<Prepared | null> {
    const destination = await sender.resolve(goal.url, signal);
    const stored = await deps.load(id);
    return stored === undefined ? null : { id, kind, goal, stored, destination };
  }

  async function attempt(prepared: Prepared, signal: AbortSignal, fault?: Fault): Promise<Attempt> {
    const { id, kind, goal, stored, destination } = prepared;
    const mark: HeaderPairs = kind === "replay" ? [[REPLAY_HEADER, id]] : [];
    const added = goal.target?.headers ?? deps.headersFor?.(goal.url) ?? [];
    const sent = await sender.send(stored, destination, [...added, ...mark], signal, fault);
    const chosenBy = {
      ...(goal.target && { targetName: goal.target.name }),
      ...(goal.route !== undefined && { route: goal.route }),
    };
    const recorded = await deps.record({ deliveryId: id, kind, ...chosenBy, ...sent });
    deps.onAttempt(recorded);
    return recorded;
  }

  /** `name` null is the default target. */
  function goalOf(name: string | null, route?: string): Goal | null {
    const target = name === null ? undefined : deps.namedTarget?.(name);
    const url = name === null ? deps.defaultTarget() : target?.url;
    return url == null ? null : { url, target, route };
  }

  /** Where a replay goes: what was asked for, or what the routes say. Throws AppError `replay.no_target`. */
  async function goalsOf(id: string, wanted: string | undefined): Promise<[Goal, ...Goal[]]> {
    if (wanted !== undefined) return [goalOf(wanted) ?? { url: wanted }];
    const { route: name, targets } = await route(id);
    const [first, ...others] = targets.map((target) => goalOf(target, name)).filter((goal) => goal !== null);
    if (first === undefined) throw noTarget(name, targets);
    return [first, ...others];
  }

  /** Nothing is kept or sent before the first target is known to be allowed. */
  async function replayToAll(
    id: string,
    wanted: string | undefined,
    signal: AbortSignal,
    change: Change | undefined,
  ): Promise<Attempt> {
    const goals = await goalsOf(id, wanted);
    const [first, ...others] = await Promise.allSettled(goals.map((goal) => prepare(id, "replay", goal, signal)));
    if (first?.status !== "fulfilled") throw first?.reason;
    if (first.value === null) throw new AppError("delivery.not_found", `Delivery ${id} is gone.`);
    const original = first.value.stored;
    const stored = change?.apply(original) ?? original;
    // Half a body with the signature of the whole one would only look like a failure of the handler.
    if (stored.isIncomplete) throw incomplete(id);
    signal.throwIfAborted();
    const sentId = change === undefined || stored === original ? id : await change.keep(stored);
    const send = (prepared: Prepared) => attempt({ ...prepared, stored, id: sentId }, signal);
    const [answer] = await Promise.all([send(first.value), ...others.map((other) => sendIfReady(other, send))]);
    return answer;
  }

  /** To one of the further targets: what goes wrong there is no answer to who asked. */
  async function sendIfReady(
    prepared: PromiseSettledResult<Prepared | null>,
    send: (prepared: Prepared) => Promise<unknown>,
  ): Promise<void> {
    try {
      if (prepared.status === "rejected") throw prepared.reason;
      if (prepared.value !== null) await send(prepared.value);
    } catch (error) {
      log.warn("replay.failed", codeOf(error));
    }
  }

  const forwarder = createForwarder({
    log,
    route,
    hasDefault: () => deps.defaultTarget() !== null,
    async prepare({ id, target, route: name, fault }) {
      const goal = goalOf(target, name);
      const prepared = goal === null ? null : await prepare(id, "forward", goal, closing.signal);
      return prepared === null ? null : async () => (await attempt(prepared, closing.signal, fault)).outcome;
    },
    onProblem: (problem) => deps.onForwardProblem?.(problem),
  });
  const replays = new Set<Promise<unknown>>();

  return {
    forward: forwarder.forward,
    relay: forwarder.relay,
    targetsChanged: forwarder.forgetProblems,
    async replay(id, target, signal, change) {
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      const replaying = replayToAll(id, target, either, change);
      replays.add(replaying);
      try {
        return await replaying;
      } finally {
        replays.delete(replaying);
      }
    },
    async check(id) {
      const [{ url }] = await goalsOf(id, undefined);
      await sender.resolve(url, closing.signal);
    },
    async urlOf(id, target) {
      try {
        const [{ url }] = await goalsOf(id, target);
        return parseTarget(url);
      } catch (error) {
        if (error instanceof AppError && error.code === "replay.no_target") return null;
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new AppError("internal", "The app is closing."));
      await Promise.allSettled([forwarder[Symbol.asyncDispose](), ...replays]);
    },
  };
}

/** Why a delivery of which only a part arrived is not sent on. */
export function incomplete(id: string): AppError {
  return new AppError("input.invalid", `Only a part of delivery ${id} arrived, so it is not sent on.`);
}

function codeOf(error: unknown): { code: string } {
  return { code: error instanceof AppError ? error.code : String(error) };
}
