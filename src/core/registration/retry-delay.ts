import type { AppError } from "#shared/errors.ts";

/** The last one is repeated for as long as it takes. */
export const RETRY_DELAYS_MS = [2_000, 5_000, 15_000, 60_000] as const;

/** What may pass by itself. A page in api.video's place is mostly a network's sign-in page, and goes away with it. */
export function mayPass(error: AppError): boolean {
  return error.retryable || error.code === "api.unexpected_response";
}

/** The seconds api.video asked for; 0 where it asked for none. */
export function askedMs({ details }: AppError): number {
  return (Number(details["retryAfterSeconds"] ?? 0) || 0) * 1_000;
}

/**
 * How long to wait before the next try: half of it fixed and half by chance, so that many of us do not come back to
 * api.video in the same moment; never shorter than it asked for.
 */
export function retryDelayMs(situation: {
  readonly error: AppError;
  /** Tries that failed before, one after the other. */
  readonly failures: number;
  readonly delaysMs: readonly number[];
  /** From 0 up to 1. */
  readonly random: number;
}): number {
  const { error, failures, delaysMs, random } = situation;
  const fullMs = delaysMs[Math.min(failures, delaysMs.length - 1)] ?? 0;
  const spreadMs = (fullMs / 2) * random;
  return Math.max(fullMs / 2, askedMs(error)) + spreadMs;
}
