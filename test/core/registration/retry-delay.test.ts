import fc from "fast-check";
import { expect, it } from "vitest";
import { RETRY_DELAYS_MS, retryDelayMs } from "#core/registration/retry-delay.ts";
import { AppError } from "#shared/errors.ts";

it("grows to about a minute, differs by chance, and is never shorter than api.video asks for", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(50), fc.nat(600), random, (failures, retryAfterSeconds, chance) => {
      const error = new AppError("api.rate_limited", "Slow down.", { details: { retryAfterSeconds } });
      const fullMs = RETRY_DELAYS_MS[Math.min(failures, RETRY_DELAYS_MS.length - 1)] ?? 0;

      const delayMs = retryDelayMs({ error, failures, delaysMs: RETRY_DELAYS_MS, random: chance });

      expect(delayMs).toBeGreaterThanOrEqual(Math.max(fullMs / 2, retryAfterSeconds * 1_000));
      expect(delayMs).toBeLessThanOrEqual(Math.max(fullMs / 2, retryAfterSeconds * 1_000) + fullMs / 2);
    }),
  );
});
