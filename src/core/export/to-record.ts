import { hash } from "node:crypto";
import { headerValue, WEBHOOK_ID_HEADER } from "#shared/domain/headers.ts";
import type { ExportedDelivery } from "./exporter.ts";

/**
 * What `deliveries.get` says that is the delivery's own, by the same names, with what was taken out gone from all of it;
 * not what was made of it here (attempts, diagnosis).
 */
export function toFacts(delivery: ExportedDelivery) {
  const { summary, path, headers, type, emittedAt, subject, note, isBodyChanged } = delivery;
  const { id, receivedAt, source, originId, pinned, method, verification, answered, duplicateOf } = summary;
  const { detail } = isBodyChanged ? delivery : summary;
  const webhookId = headerValue(headers, WEBHOOK_ID_HEADER);
  return {
    ...{ id, receivedAt, source, originId, pinned, note, method, path, type, detail, emittedAt, subject, verification },
    // The name of a rule is the user's own.
    ...{ webhookId, answered: answered && { status: answered.status, ms: answered.ms }, duplicateOf },
  };
}

/** A delivery from which exactly the same request can be made again: headers in their order, the body's exact bytes. */
export function toRecord(delivery: ExportedDelivery) {
  const { headers, body } = delivery;
  return {
    ...toFacts(delivery),
    ...{ headers, bodyBytes: body.length, bodySha256: hash("sha256", body, "hex") },
    bodyBase64: Buffer.from(body).toString("base64"),
  };
}
