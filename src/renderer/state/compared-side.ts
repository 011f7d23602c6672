import type { ComparedContent } from "#shared/compare/find-changes.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { fromBase64 } from "../client/base64.ts";
import { formatBytes, formatMs, formatTime } from "../theme/format.ts";

/** What is compared: a delivery, or the answer that one of its attempts brought. */
export type ComparedRef =
  | { readonly kind: "delivery"; readonly id: string }
  | { readonly kind: "answer"; readonly deliveryId: string; readonly attemptId: string };

/** One of the two sides of a comparison, read into one form whatever it is. */
export interface ComparedSide extends ComparedContent {
  readonly ref: ComparedRef;
  /** The event's own type, or null: what to call it is the view's business. */
  readonly delivery: DeliveryDetail;
  /** Null for a delivery. */
  readonly attempt: Attempt | null;
}

export function deliverySide(delivery: DeliveryDetail, body: Uint8Array): ComparedSide {
  const { method, path, type, verification, receivedAt, webhookId, bodyBytes } = delivery;
  return {
    ref: { kind: "delivery", id: delivery.id },
    delivery,
    attempt: null,
    facts: [
      ["Method", method],
      ["Path", path],
      ["Type", type ?? "none"],
      ["Signature", [verification.state, verification.cause].filter(Boolean).join(": ")],
      ["Webhook", webhookId ?? "none"],
      ["Received", formatTime(receivedAt)],
      ["Size", formatBytes(bodyBytes)],
    ],
    headers: delivery.headers,
    body,
    bodyBytes,
  };
}

export function answerSide(delivery: DeliveryDetail, attempt: Attempt): ComparedSide {
  const { outcome, target, kind, startedAt, ms } = attempt;
  const isAnswered = outcome.kind === "answered";
  return {
    ref: { kind: "answer", deliveryId: delivery.id, attemptId: attempt.id },
    delivery,
    attempt,
    facts: [
      ["Answer", isAnswered ? String(outcome.status) : outcome.message],
      ["Target", target],
      ["Kind", kind],
      ["Sent", formatTime(startedAt)],
      ["Took", formatMs(ms)],
      ["Size", isAnswered ? formatBytes(outcome.bodyBytes) : "none"],
    ],
    headers: isAnswered ? outcome.headers : [],
    body: isAnswered ? fromBase64(outcome.bodyBase64) : new Uint8Array(),
    bodyBytes: isAnswered ? outcome.bodyBytes : 0,
  };
}
