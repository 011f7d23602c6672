import type { AttemptOutcome } from "#shared/domain/attempt.ts";
import type { Fault } from "#shared/domain/fault.ts";
import type { Destinations } from "#shared/domain/route.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "../lib/log.ts";
import { createForwardQueue, type ForwardQueue } from "./forward-queue.ts";

/** One delivery on its way to one target; `target` null is the default one. */
export interface Forward {
  readonly id: string;
  readonly target: string | null;
  readonly route?: string | undefined;
  readonly fault?: Fault | undefined;
}

type Routing = Destinations | Promise<Destinations>;

export interface ForwarderDeps {
  readonly log: Log;
  /** At once where there is nothing to look up. */
  route(id: string): Routing;
  hasDefault(): boolean;
  /** Gets one delivery ready to be sent; null where delivery or target is gone. */
  prepare(forward: Forward): Promise<(() => Promise<AttemptOutcome>) | null>;
  /** Why nothing may be sent to one of the targets; null once all may be sent to. */
  onProblem(problem: AppError | null): void;
}

/** What a relayed delivery came to: what its target did, that it goes to none, or that it could not be sent. */
export type Relayed = AttemptOutcome | "nowhere" | "failed";

/**
 * Forwards deliveries where the routes say. Each target has a queue of its own: what goes there starts in the order of
 * arrival, and one that hangs holds up no other. On the wire, one that has to open a connection may be overtaken by the
 * next one, which finds a kept one: to wait for it would hold up a burst by as many round trips.
 */
export interface Forwarder extends AsyncDisposable {
  /** Resolves when all of it has ended. */
  forward(id: string, fault?: Fault): Promise<void>;
  /** The same, resolved as soon as the first target has answered. */
  relay(id: string, fault?: Fault): Promise<Relayed>;
  /** The targets are others now: what was refused need not be any more. */
  forgetProblems(): void;
}

export function createForwarder({ log, route, hasDefault, prepare, onProblem }: ForwarderDeps): Forwarder {
  const lanes = new Map<string | null, { readonly queue: ForwardQueue<Forward, AttemptOutcome>; under: number }>();
  const refused = new Map<string | null, AppError>();
  let told: string | undefined;
  let isClosed = false;
  /** Looked up side by side, they are handed on in the order in which they came. */
  let chosen: Promise<unknown> = Promise.resolve();

  async function choose(id: string, routing: Routing, fault: Fault | undefined): Promise<readonly Forward[]> {
    const before = chosen;
    if (routing instanceof Promise) chosen = Promise.allSettled([before, routing]);
    await before;
    const { targets, route: name } = await routing;
    return targets.filter(isOpen).map((target) => ({ id, target, route: name, fault }));
  }

  function isOpen(target: string | null): boolean {
    return target !== null || hasDefault();
  }

  /** False where that is yet to be looked up. */
  function leadsNowhere(routing: Routing): boolean {
    return !(routing instanceof Promise) && !routing.targets.some(isOpen);
  }

  async function add(forward: Forward): Promise<AttemptOutcome | undefined> {
    // Names that differ in capitals alone are one target.
    const target = forward.target?.toLowerCase() ?? null;
    const lane = lanes.get(target) ?? { queue: createForwardQueue({ prepare: start, onError }), under: 0 };
    lanes.set(target, lane);
    lane.under += 1;
    try {
      return await lane.queue.add(forward);
    } finally {
      lane.under -= 1;
      if (lane.under === 0) lanes.delete(target);
    }
  }

  async function start(forward: Forward): Promise<(() => Promise<AttemptOutcome>) | null> {
    const send = await prepare(forward);
    refused.delete(forward.target);
    tell();
    return send;
  }

  function onError(error: unknown, { target }: Forward): void {
    if (isClosed) return;
    if (!(error instanceof AppError)) {
      log.error("forward.failed", error);
      return;
    }
    log.warn("forward.failed", { code: error.code });
    if (error.code === "replay.target_refused") refused.set(target, error);
    tell();
  }

  function tell(): void {
    const [problem = null] = refused.values();
    if (problem?.message === told) return;
    told = problem?.message;
    onProblem(problem);
  }

  /** Empty where it goes nowhere; a promise for each target otherwise. */
  async function send(
    id: string,
    routing: Routing,
    fault: Fault | undefined,
  ): Promise<Promise<AttemptOutcome | undefined>[]> {
    try {
      const forwards = await choose(id, routing, fault);
      return isClosed ? [] : forwards.map(add);
    } catch (error) {
      log.error("forward.not_routed", error);
      return [Promise.resolve(undefined)];
    }
  }

  return {
    async forward(id, fault) {
      if (isClosed) return;
      const routing = route(id);
      // With nothing to send to, a flood is spared the way there.
      if (!leadsNowhere(routing)) await Promise.all(await send(id, routing, fault));
    },
    async relay(id, fault) {
      if (isClosed) return "failed";
      const [first] = await send(id, route(id), fault);
      if (first === undefined) return "nowhere";
      return (await first) ?? "failed";
    },
    forgetProblems() {
      refused.clear();
      tell();
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await chosen;
      await Promise.all([...lanes.values()].map(({ queue }) => queue.close()));
    },
  };
}
