import type { ActivityCounts } from "#shared/domain/activity.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import { setTerm } from "#shared/search/edit-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import type { QueryKey } from "#shared/search/query.ts";
import { parseMoment } from "#shared/search/times.ts";
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

type BarTime = Pick<Bar, "start" | "end">;

/** The filter with the time of a bar, and with `sig:failed` where only those are asked for; without it where it has that already. */
export function toggleBar(filter: string, bar: BarTime, onlyFailed: boolean): string {
  const isOff = isAskedFor(filter, bar) && (!onlyFailed || hasTerm(filter, "sig", (value) => value === "failed"));
  const since = setTerm(filter, "after", isOff ? null : toIso(bar.start));
  const within = setTerm(since, "before", isOff ? null : toIso(bar.end));
  return onlyFailed ? setTerm(within, "sig", isOff ? null : "failed") : within;
}

/** True where the filter asks for the time of this bar. */
export function isAskedFor(filter: string, { start, end }: BarTime): boolean {
  const isAt = (at: number) => (value: string) => {
    const moment = parseMoment(value);
    return moment?.kind === "instant" && moment.at === at;
  };
  return hasTerm(filter, "after", isAt(start)) && hasTerm(filter, "before", isAt(end));
}

function hasTerm(filter: string, key: QueryKey, isMeant: (value: string) => boolean): boolean {
  return parseQuery(filter).terms.some(
    (term) => term.kind === "field" && term.key === key && !term.isNegated && term.values.every(isMeant),
  );
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
