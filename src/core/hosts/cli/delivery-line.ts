import { eventFacts } from "#shared/api-video/event-types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { faultWords } from "#shared/domain/fault.ts";

/** One delivery on one line: id, time, state, what it is, subject, last answer. */
export function deliveryLine(delivery: DeliverySummary): string {
  const { state, cause } = delivery.verification;
  const parts = [
    delivery.id.padEnd(7),
    delivery.receivedAt,
    (cause ? `${state} (${cause})` : state).padEnd(10),
    delivery.type ?? `${delivery.method} ${delivery.path}`,
    delivery.detail ?? eventFacts(delivery.type)?.title ?? "",
    delivery.subject.videoId ?? delivery.subject.liveStreamId ?? "",
    answerOf(delivery),
  ];
  return parts.filter((part) => part !== "").join("  ");
}

function answerOf({ lastAttempt }: DeliverySummary): string {
  if (lastAttempt === undefined) return "";
  const { status, fault } = lastAttempt;
  return `→ ${status ?? "no answer"}${fault === undefined ? "" : ` (fault: ${faultWords(fault)})`}`;
}
