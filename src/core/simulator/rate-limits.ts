import type { Clock } from "../lib/clock.ts";
import type { Budget } from "./routes.ts";

const WINDOW_MS = 60_000;

/** Calls a minute. */
export type RateLimitFigures = Readonly<Record<Exclude<Budget, "none">, number>>;

/** The sandbox's (https://docs.api.video/reference). */
export const SANDBOX_LIMITS: RateLimitFigures = { uploads: 40, writes: 40, reads: 100 };

/** Where a call stands in its minute, as api.video tells it in three headers with every answer. */
export interface Quota {
  readonly isExceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts calls in fixed windows of a minute, one for each budget. */
export function createRateLimits(figures: RateLimitFigures, clock: Clock): { take(budget: Budget): Quota } {
  const windows = new Map<Budget, { endsAt: number; used: number }>();
  return {
    take(budget) {
      if (budget === "none") return { isExceeded: false, headers: {} };
      const now = clock.now();
      let window = windows.get(budget);
      if (window === undefined || now >= window.endsAt) {
        window = { endsAt: now + WINDOW_MS, used: 0 };
        windows.set(budget, window);
      }
      window.used += 1;
      const limit = figures[budget];
      return {
        isExceeded: window.used > limit,
        headers: {
          "X-RateLimit-Limit": String(limit),
          "X-RateLimit-Remaining": String(Math.max(0, limit - window.used)),
          "X-RateLimit-Retry-After": String(Math.ceil((window.endsAt - now) / 1000)),
        },
      };
    },
  };
}
