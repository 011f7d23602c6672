import { type AttemptVerdict, verdictOf } from "#shared/domain/attempt.ts";
import { hasArrived } from "#shared/domain/delivery.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import type { Told } from "./told.ts";

/** What was told of, counted; what was edited here is no delivery that came. */
export interface Tally extends Readonly<Record<VerificationState, number>> {
  readonly deliveries: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unanswered: number;
}

const NAMES: Readonly<Record<AttemptVerdict, "accepted" | "refused" | "unanswered">> = {
  accepted: "accepted",
  refused: "refused",
  unreachable: "unanswered",
};

export const NOTHING_TOLD: Tally = {
  deliveries: 0,
  verified: 0,
  failed: 0,
  unsigned: 0,
  unchecked: 0,
  accepted: 0,
  refused: 0,
  unanswered: 0,
};

export function applyTold(tally: Tally, told: Told): Tally {
  switch (told.kind) {
    case "delivery": {
      const { delivery } = told;
      return hasArrived(delivery) ? add(add(tally, "deliveries"), delivery.verification.state) : tally;
    }
    case "verification":
      return add(add(tally, told.was.state, -1), told.delivery.verification.state);
    case "answer":
      return add(tally, NAMES[verdictOf(told.attempt.outcome)]);
    default:
      return tally;
  }
}

function add(tally: Tally, name: keyof Tally, count = 1): Tally {
  return { ...tally, [name]: tally[name] + count };
}

/** `3 deliveries, 2 verified, 1 failed, 2 accepted, 0 refused, 1 without an answer`. */
export function tallyWords(tally: Tally): string {
  const { deliveries, verified, failed, unsigned, unchecked, accepted, refused, unanswered } = tally;
  return [
    deliveries === 1 ? "1 delivery" : `${deliveries} deliveries`,
    `${verified} verified`,
    `${failed} failed`,
    ...(unsigned > 0 ? [`${unsigned} unsigned`] : []),
    ...(unchecked > 0 ? [`${unchecked} unchecked`] : []),
    `${accepted} accepted`,
    `${refused} refused`,
    `${unanswered} without an answer`,
  ].join(", ");
}
