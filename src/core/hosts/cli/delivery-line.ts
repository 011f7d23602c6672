import { eventFacts } from "#shared/api-video/event-types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { faultWords } from "#shared/domain/fault.ts";
import type { Verification } from "#shared/domain/verification.ts";

/** One delivery on one line: id, time, state, what it is, subject, last answer. */
export function deliveryLine(delivery: DeliverySummary): string {
  const parts = [
    delivery.id.padEnd(7),
    delivery.receivedAt,
    verificationWords(delivery.verification).padEnd(10),
    whatWords(delivery),
    delivery.detail ?? eventFacts(delivery.type)?.title ?? "",
    delivery.subject.videoId ?? delivery.subject.liveStreamId ?? "",
    answerOf(delivery),
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** `failed (wrong-secret)`. */
export function verificationWords({ state, cause }: Verification): string {
  return cause ? `${state} (${cause})` : state;
}

/** Its event type; the request's line where it has none. */
export function whatWords({ type, method, path }: DeliverySummary): string {
  return type ?? `${method} ${path}`;
}

function answerOf({ lastAttempt }: DeliverySummary): string {
  if (lastAttempt === undefined) return "";
  const { status, fault } = lastAttempt;
  return `→ ${status ?? "no answer"}${fault === undefined ? "" : ` (fault: ${faultWords(fault)})`}`;
}
