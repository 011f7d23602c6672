import type { ActivityCounts } from "#shared/domain/activity.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import { type Activity, bucketStart, NO_COUNTS, totalOf } from "../../state/activity.ts";

/** One bar: a stretch of time, how many deliveries of each state it has, and how high each part of it stands. */
export interface Bar {
  /** Epoch milliseconds; `end` is not part of it. */
  readonly start: number;
  readonly end: number;
  readonly counts: ActivityCounts;
  /** From the bottom up, those of nothing left out; together at most 1, which the highest bar has. */
  readonly parts: readonly { readonly state: VerificationState; readonly share: number }[];
  /** The path was down for a while in this time. */
  readonly hasGap: boolean;
}

export interface Chart {
  readonly bars: readonly Bar[];
  /** Of all bars together. */
  readonly counts: ActivityCounts;
}

/** What must not be overlooked stands on top, where the eye goes along. */
const FROM_BOTTOM: readonly VerificationState[] = ["verified", "unsigned", "unchecked", "failed"];

/**
 * The bars of an activity up to now, at most `maxBars` of them: where there is room for fewer, each stands for more
 * time. Bars begin on round times, so that they keep their place while time goes on.
 */
export function toChart(activity: Activity, gaps: readonly Gap[], now: number, maxBars: number): Chart {
  const { bucketMs, bucketCount, buckets } = activity;
  const count = barCount(bucketCount, maxBars);
  const barMs = (bucketMs * bucketCount) / count;
  // The clock of the page may lag behind what has come already.
  const newest = Math.max(now, buckets.at(-1)?.start ?? now);
  const from = bucketStart(newest, barMs) - (count - 1) * barMs;
  const sums = Array.from({ length: count }, () => NO_COUNTS);
  for (const { start, counts } of buckets) {
    const index = Math.floor((start - from) / barMs);
    const sum = sums[index];
    if (sum !== undefined) sums[index] = add(sum, counts);
  }
  const highest = Math.max(1, ...sums.map(totalOf));
  const bars = sums.map((counts, nth): Bar => {
    const start = from + nth * barMs;
    const end = start + barMs;
    return {
      start,
      end,
      counts,
      parts: toParts(counts, highest),
      hasGap: gaps.some((gap) => overlaps(gap, start, end)),
    };
  });
  return { bars, counts: sums.reduce(add, NO_COUNTS) };
}

/** The query that shows what a bar counts. */
export function barFilter({ start, end }: Pick<Bar, "start" | "end">, onlyFailed: boolean): string {
  return `after:${toIso(start)} before:${toIso(end)}${onlyFailed ? " sig:failed" : ""}`;
}

/** The most bars that are no more than `maxBars` and each of as many buckets as the next. */
function barCount(bucketCount: number, maxBars: number): number {
  for (let count = Math.min(bucketCount, Math.max(1, maxBars)); count > 1; count--) {
    if (bucketCount % count === 0) return count;
  }
  return 1;
}

function toParts(counts: ActivityCounts, highest: number): Bar["parts"] {
  return FROM_BOTTOM.filter((state) => counts[state] > 0).map((state) => ({ state, share: counts[state] / highest }));
}

function overlaps({ from, to }: Gap, start: number, end: number): boolean {
  return Date.parse(from) < end && (to === null || Date.parse(to) > start);
}

function add(a: ActivityCounts, b: ActivityCounts): ActivityCounts {
  return {
    verified: a.verified + b.verified,
    failed: a.failed + b.failed,
    unsigned: a.unsigned + b.unsigned,
    unchecked: a.unchecked + b.unchecked,
  };
}

/** In whole seconds: bars begin at none but these. */
function toIso(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(".000Z", "Z");
}
