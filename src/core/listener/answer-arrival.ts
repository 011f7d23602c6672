import type { IncompleteReason } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import type { Answer } from "../lib/answer.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Arrival } from "./read-request.ts";

/** A delivery that is on disk; told when its answer went out, or that none will. */
export interface Captured {
  /** Where what to answer is decided only now; it goes before the status that was to be answered. Never rejects. */
  readonly answer?: Promise<Answer>;
  answered(at: number | null): void;
}

export interface AnswerDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when the delivery is durable; rejects with AppError when it could not be kept. `status` is what we will answer. */
  capture(arrival: Arrival, status: number | null): Promise<Captured>;
  /** The answer to a request of our own, which proves the path and is no delivery; null for everything else. */
  answerCanary?(arrival: Arrival): string | null;
}

/** Sends an answer on the way that its request came; a status is an empty one, null is none at all. False: nobody is there. */
export type Respond = (answer: number | Answer | null) => boolean;

/** null: nobody is there any more to be answered. */
const REFUSALS: Readonly<Record<IncompleteReason, number | null>> = {
  cut: 413,
  "timed-out": 408,
  malformed: 400,
  "broken-off": null,
};

/** For what has no place: try again soon. */
export const NOT_KEPT: Answer = { status: 503, headers: [["Retry-After", "1"]], body: Buffer.alloc(0) };

/** Has a request kept, and only then answered, whole or not; where it is whole, with `accepted`. */
export async function answerArrival(
  deps: AnswerDeps,
  arrival: Arrival,
  respond: Respond,
  accepted = 202,
): Promise<void> {
  const canary = arrival.incomplete === undefined ? (deps.answerCanary?.(arrival) ?? null) : null;
  if (canary !== null) return void respond({ status: 200, headers: [], body: Buffer.from(canary) });
  const status = arrival.incomplete === undefined ? accepted : REFUSALS[arrival.incomplete];
  let captured: Captured;
  try {
    captured = await deps.capture(arrival, status);
  } catch (error) {
    // A full disk is told of as a problem; under a flood, a stack for each delivery would only fill it further.
    if (error instanceof AppError) deps.log.warn("listener.not_kept", { code: error.code });
    else deps.log.error("listener.not_kept", error);
    respond(NOT_KEPT);
    return;
  }
  const answer = captured.answer === undefined ? status : await captured.answer;
  captured.answered(respond(answer) ? deps.clock.now() : null);
}
