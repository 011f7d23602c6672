import * as z from "zod";
import { EVENT_FACTS, EVENT_TYPES, TUTORIAL_EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { Attempt, LastAttempt, UnreachableReason, verdictOf } from "#shared/domain/attempt.ts";
import { type DeliveryDetail, DeliverySummary } from "#shared/domain/delivery.ts";
import { deliveryLine } from "../delivery-line.ts";
import { seenLine } from "./untrusted.ts";

/** What is known of a delivery without believing its sender: method, path, type, ids and headers are his words. */
export const DeliveryFacts = DeliverySummary.pick({
  id: true,
  receivedAt: true,
  source: true,
  originId: true,
  pinned: true,
  incomplete: true,
  verification: true,
  bodyBytes: true,
  duplicateOf: true,
  attempts: true,
}).extend({
  /** The event, where it is one that api.video or the tutorial documents. */
  event: z.enum([...EVENT_TYPES, ...TUTORIAL_EVENT_TYPES]).nullable(),
  /** The status that the sender was answered. */
  answered: z.int().nullable(),
  lastAttempt: LastAttempt.omit({ fault: true }).optional(),
});
export type DeliveryFacts = z.infer<typeof DeliveryFacts>;

export function deliveryFacts(delivery: DeliverySummary): DeliveryFacts {
  const { type, answered } = delivery;
  return { ...delivery, event: isKnown(type) ? type : null, answered: answered?.status ?? null };
}

/** The same of what `deliveries.get` answers. */
export function detailFacts({ attempts, ...delivery }: DeliveryDetail): DeliveryFacts {
  return deliveryFacts({ ...delivery, attempts: attempts.length });
}

/** Lines as `events list` prints them. */
export function deliveryLines(deliveries: readonly DeliverySummary[]): string[] {
  return deliveries.map((delivery) => seenLine(deliveryLine(delivery)));
}

/** What is known of a sending without believing who answered. */
export const AttemptFacts = Attempt.pick({
  id: true,
  deliveryId: true,
  kind: true,
  targetName: true,
  route: true,
  startedAt: true,
  ms: true,
}).extend({
  /** Without the path, which is the sender's. */
  target: z.string(),
  verdict: LastAttempt.shape.verdict,
  status: z.int().nullable(),
  /** Why no answer came. */
  reason: UnreachableReason.optional(),
  answerBytes: z.int(),
  fault: z.string().optional(),
});
export type AttemptFacts = z.infer<typeof AttemptFacts>;

export function attemptFacts(attempt: Attempt): AttemptFacts {
  const { target, outcome, fault } = attempt;
  const isAnswered = outcome.kind === "answered";
  return {
    ...attempt,
    target: URL.parse(target)?.origin ?? "",
    verdict: verdictOf(outcome),
    status: isAnswered ? outcome.status : null,
    reason: isAnswered ? undefined : outcome.reason,
    answerBytes: isAnswered ? outcome.bodyBytes : 0,
    fault: fault?.kind,
  };
}

function isKnown(type: string | null): type is keyof typeof EVENT_FACTS {
  return type !== null && Object.hasOwn(EVENT_FACTS, type);
}
