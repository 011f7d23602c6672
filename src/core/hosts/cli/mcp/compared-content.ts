import type { ComparedContent } from "#shared/compare/find-changes.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { verificationWords } from "../delivery-line.ts";
import { withoutCredentials } from "./without-credentials.ts";

/** What of a delivery is compared: when it came and how long it took is always another. */
export function deliveryContent(delivery: DeliveryDetail, body: Uint8Array): ComparedContent {
  const { method, path, type, verification, webhookId, headers, bodyBytes } = delivery;
  return {
    facts: [
      ["method", method],
      ["path", path],
      ["type", type ?? "none"],
      ["signature", verificationWords(verification)],
      ["webhook", webhookId ?? "none"],
    ],
    headers: withoutCredentials(headers),
    body,
    bodyBytes,
  };
}

/** The same of what a target answered. */
export function answerContent({ outcome, target }: Attempt): ComparedContent {
  if (outcome.kind === "unreachable") {
    return { facts: [["answer", outcome.message]], headers: [], body: new Uint8Array(), bodyBytes: 0 };
  }
  const { status, headers, bodyBase64, bodyBytes } = outcome;
  return {
    facts: [
      ["answer", String(status)],
      ["target", target],
    ],
    headers: withoutCredentials(headers),
    body: Buffer.from(bodyBase64, "base64"),
    bodyBytes,
  };
}
