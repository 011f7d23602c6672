import type { AttemptOutcome } from "#shared/domain/attempt.ts";
import type { Fault } from "#shared/domain/fault.ts";
import { type HeaderPairs, REPLAY_HEADER } from "#shared/domain/headers.ts";
import type { RunSummary } from "#shared/domain/run.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import type { NewResult, RunDelivery } from "../lib/stored-run.ts";
import { createDestinations } from "./destinations.ts";
import { createReadAhead } from "./read-ahead.ts";
import { createResultWriter } from "./result-writer.ts";
import { createRoom } from "./room.ts";
import { createSchedule } from "./schedule.ts";

type Request = NonNullable<RunDelivery["request"]>;

/** What came of a sending, and the name of its target where that has one. */
export interface SentInRun {
  readonly target: string;
  readonly targetName?: string;
  readonly startedAt: number;
  readonly ms: number;
  readonly outcome: AttemptOutcome;
  readonly fault?: Fault;
}

/** The way out, as far as runs need it. */
export interface RunSender<D> {
  /** Throws AppError where the target must not be sent to, or the signal's reason. */
  resolve(target: string, signal: AbortSignal): Promise<D>;
  /** Rejects with the signal's reason, or with an AppError for a request that cannot be put on the wire. */
  send(request: Request, destination: D, extra: HeaderPairs, signal: AbortSignal, fault?: Fault): Promise<SentInRun>;
}

export interface CarryOutDeps<D> {
  readonly clock: Clock;
  readonly sender: RunSender<D>;
  /** The path as api.video sent it: without what our own URL puts before it. */
  toPath(path: string): string;
  /** The next deliveries behind this place that have no result; none at the end. */
  read(after: number): Promise<RunDelivery[]>;
  /** Durable when it resolves. */
  write(results: readonly NewResult[]): Promise<void>;
  /** When the next one is due (epoch milliseconds), where that is a while; null when it no longer is. */
  onWait(until: number | null): void;
  /** Nothing more is started; what is under way comes to its end. */
  readonly stop: AbortSignal;
  /** What is under way ends at once and has no result. */
  readonly abort: AbortSignal;
}

/**
 * Sends what a run has left, in its order, at its pace and as many at once as it says. What the target does, or that
 * nothing may be sent there, is a result. From disk to socket each step waits for the next, so that memory stays flat.
 * Resolves when nothing is under way and all results are written; rejects with what reading and writing throw.
 */
export async function carryOut<D>({ options, done }: RunSummary, deps: CarryOutDeps<D>): Promise<void> {
  const broken = new AbortController();
  const stop = AbortSignal.any([deps.stop, deps.abort, broken.signal]);
  const ahead = createReadAhead(deps.read);
  const writer = createResultWriter(async (results) => {
    try {
      await deps.write(results);
    } catch (error) {
      broken.abort(error);
      throw error;
    }
  });
  const room = createRoom();
  const schedule = createSchedule(deps.clock, done === 0, deps.onWait);
  const destinationOf = createDestinations(deps.clock, (target) => deps.sender.resolve(target, deps.abort));

  async function send(delivery: RunDelivery): Promise<NewResult | null> {
    const { seq, deliveryId, copy, target, route, request, fault } = delivery;
    const about = { seq, deliveryId, copy };
    if (request === null) {
      const message = "The delivery was deleted before its turn came.";
      return { ...about, kind: "unsent", reason: "gone", message };
    }
    try {
      const path = deps.toPath(request.path);
      const extra: HeaderPairs = [[REPLAY_HEADER, deliveryId]];
      const destination = await destinationOf(target);
      const sent = await deps.sender.send({ ...request, path }, destination, extra, deps.abort, fault);
      return { ...about, kind: "sent", ...sent, ...(route !== undefined && { route }) };
    } catch (error) {
      if (deps.abort.aborted) return null;
      if (!(error instanceof AppError)) throw error;
      const reason = error.code === "replay.target_refused" ? "not-allowed" : "unsendable";
      return { ...about, kind: "unsent", reason, message: error.message };
    }
  }

  async function take(delivery: RunDelivery, bytes: number): Promise<void> {
    try {
      const result = await send(delivery);
      // The place is given up only when there is room for the result: a slow disk holds the sending up.
      if (result !== null) await writer.add(result);
    } catch (error) {
      broken.abort(error);
    } finally {
      room.leave(bytes);
    }
  }

  try {
    while (!stop.aborted) {
      const delivery = await ahead.next();
      if (delivery === null) break;
      const bytes = delivery.request?.body.byteLength ?? 0;
      await room.enter(bytes, atOnce(delivery.fault, options.concurrency));
      await schedule.until(delivery.offsetMs, stop, delivery.fault?.kind === "delay" ? delivery.fault.ms : 0);
      if (stop.aborted) room.leave(bytes);
      else void take(delivery, bytes);
    }
  } finally {
    await room.empty();
    await writer.end();
  }
  broken.signal.throwIfAborted();
}

/** A burst goes out together, however few the run sends at once otherwise. */
function atOnce(fault: Fault | undefined, concurrency: number): number {
  return fault?.kind === "burst" ? Math.max(fault.count, concurrency) : concurrency;
}
