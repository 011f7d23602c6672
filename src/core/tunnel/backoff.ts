const FIRST_MS = 500;
const FLOOR_MS = 250;
/** Most breaks are short, and a lost delivery is lost for good: eager at first, patient later. */
const EAGER_CAP_MS = 2_000;
const PATIENT_CAP_MS = 60_000;
const EAGER_FOR_MS = 5 * 60_000;
/** Whoever says "too many" means it, also where no time is named. */
const RATE_LIMIT_FLOOR_MS = 60_000;

export interface BackoffSituation {
  /** Tries that failed one after the other. */
  readonly failures: number;
  /** For how long the path has been lost. */
  readonly lostForMs: number;
  readonly isRateLimited: boolean;
  /** What the other side asked for. */
  readonly retryAfterMs?: number | undefined;
  /** From 0 up to 1. */
  readonly random: number;
}

/**
 * How long to wait before the next try: exponential with full jitter, so that the clients of a relay that comes back do
 * not all ask at once (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function backoffMs({ failures, lostForMs, isRateLimited, retryAfterMs = 0, random }: BackoffSituation): number {
  const cap = lostForMs < EAGER_FOR_MS ? EAGER_CAP_MS : PATIENT_CAP_MS;
  const jittered = Math.max(FLOOR_MS, random * Math.min(cap, FIRST_MS * 2 ** Math.min(failures, 20)));
  return Math.max(jittered, retryAfterMs, isRateLimited ? RATE_LIMIT_FLOOR_MS : 0);
}
