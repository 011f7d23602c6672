import { describe, expect, it } from "vitest";
import { type BackoffSituation, backoffMs } from "#core/tunnel/backoff.ts";

const MINUTE_MS = 60_000;
const SITUATION: BackoffSituation = { failures: 0, lostForMs: 0, isRateLimited: false, random: 1 };

function waitsOf(more: Partial<BackoffSituation>, failures = [0, 1, 2, 3, 7, 5_000]): number[] {
  return failures.map((count) => backoffMs({ ...SITUATION, ...more, failures: count }));
}

describe("the wait before the next try", () => {
  it("doubles, up to two seconds in the first five minutes and up to a minute after them", () => {
    expect(waitsOf({})).toEqual([500, 1_000, 2_000, 2_000, 2_000, 2_000]);
    expect(waitsOf({ lostForMs: 5 * MINUTE_MS - 1 }, [5])).toEqual([2_000]);
    expect(waitsOf({ lostForMs: 5 * MINUTE_MS })).toEqual([500, 1_000, 2_000, 4_000, MINUTE_MS, MINUTE_MS]);
  });

  it("is a random part of that, a quarter of a second at least", () => {
    expect(waitsOf({ random: 0.6 }, [0, 1, 2])).toEqual([300, 600, 1_200]);
    expect(waitsOf({ random: 0 })).toEqual([250, 250, 250, 250, 250, 250]);
  });

  it("is as long as the other side asks for, and a minute where it only says that it is too much", () => {
    expect(waitsOf({ retryAfterMs: 90_000 }, [0, 3])).toEqual([90_000, 90_000]);
    expect(waitsOf({ retryAfterMs: 300, lostForMs: 5 * MINUTE_MS }, [3])).toEqual([4_000]);
    expect(waitsOf({ isRateLimited: true }, [0, 3])).toEqual([MINUTE_MS, MINUTE_MS]);
    expect(waitsOf({ isRateLimited: true, retryAfterMs: 90_000 }, [0])).toEqual([90_000]);
  });
});
