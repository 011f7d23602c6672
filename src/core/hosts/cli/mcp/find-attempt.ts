import type { Attempt } from "#shared/domain/attempt.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";

/** One attempt of a delivery. Throws AppError `delivery.not_found`. */
export function findAttempt({ id, attempts }: DeliveryDetail, attemptId: string): Attempt {
  const attempt = attempts.find((candidate) => candidate.id === attemptId);
  if (attempt !== undefined) return attempt;
  throw new AppError(
    "delivery.not_found",
    `Delivery ${id} has no attempt ${JSON.stringify(attemptId)}. get_delivery names its attempts.`,
  );
}

/** What an attempt was answered: `body` is what was kept of it, `bodyBytes` how much there was. Throws AppError `delivery.not_found`. */
export function answerOf(delivery: DeliveryDetail, attemptId: string): { body: Buffer; bodyBytes: number } {
  const { outcome } = findAttempt(delivery, attemptId);
  if (outcome.kind === "answered") {
    return { body: Buffer.from(outcome.bodyBase64, "base64"), bodyBytes: outcome.bodyBytes };
  }
  throw new AppError("delivery.not_found", `Attempt ${attemptId} had no answer; get_delivery says why.`);
}
