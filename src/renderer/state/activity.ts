import type { CommandOutput } from "#shared/contract/types.ts";
import type { ActivityCounts, ActivityRange } from "#shared/domain/activity.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { VerificationState } from "#shared/domain/verification.ts";

/** Deliveries by state and time, as far back as `range` says; parts of the time in which nothing came are left out. */
export interface Activity {
  readonly range: ActivityRange;
  readonly bucketMs: number;
  /** How many parts the range has, the one that is under way included. */
  readonly bucketCount: number;
  /** Oldest first. */
  readonly buckets: readonly ActivityBucket[];
  /** Where the last part that the engine counted ends; epoch milliseconds. */
  readonly until: number;
  /** What the engine counted, from and to this id; later ones were added here. */
  readonly oldest: string | null;
  readonly newest: string | null;
}

export interface ActivityBucket {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly counts: ActivityCounts;
}

/** Parts of a range: how long each is, and how many there are. */
export interface ActivityPlan {
  readonly bucketMs: number;
  readonly bucketCount: number;
}

export const NO_COUNTS: ActivityCounts = { verified: 0, failed: 0, unsigned: 0, unchecked: 0 };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const PLANS: Readonly<Record<Exclude<ActivityRange, "all">, ActivityPlan>> = {
  "20m": { bucketMs: MINUTE_MS, bucketCount: 20 },
  "2h": { bucketMs: 5 * MINUTE_MS, bucketCount: 24 },
  "24h": { bucketMs: HOUR_MS, bucketCount: 24 },
};

/** Each can be halved, for a chart with less room. */
const ALL_COUNTS = [12, 16, 18, 20, 24];
const MAX_COUNT = 24;
/** Lengths that a clock or a calendar can be read by. */
const ROUND_MS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY_MS),
];

/** How a range is cut into parts; all of the history into the shortest round parts that reach back to `oldestAt`. */
export function planActivity(range: ActivityRange, oldestAt: number | null, now: number): ActivityPlan {
  if (range !== "all") return PLANS[range];
  const spanMs = oldestAt === null ? 0 : Math.max(0, now - oldestAt);
  const enough = (bucketMs: number) => bucketMs * (MAX_COUNT - 1) >= spanMs;
  const longest = ROUND_MS.at(-1) ?? DAY_MS;
  const bucketMs = ROUND_MS.find(enough) ?? Math.ceil(spanMs / (MAX_COUNT - 1) / longest) * longest;
  // No more than there is something to show in: what lies before the oldest delivery is empty.
  const needed = Math.ceil(spanMs / bucketMs) + 1;
  return { bucketMs, bucketCount: ALL_COUNTS.find((count) => count >= needed) ?? MAX_COUNT };
}

/** Where the part that `at` belongs to begins: on a round time of the local clock. */
export function bucketStart(at: number, bucketMs: number): number {
  const zoneMs = new Date(at).getTimezoneOffset() * -MINUTE_MS;
  return Math.floor((at + zoneMs) / bucketMs) * bucketMs - zoneMs;
}

/** What the engine has counted for a plan, from the first part's start on. */
export function toActivity(
  range: ActivityRange,
  plan: ActivityPlan,
  counted: CommandOutput<"deliveries.activity">,
): Activity {
  const from = Date.parse(counted.from);
  const buckets = counted.buckets
    .map((counts, nth) => ({ start: from + nth * plan.bucketMs, counts }))
    .filter(({ counts }) => totalOf(counts) > 0);
  const { oldest, newest } = counted;
  return { range, ...plan, buckets, until: Date.parse(counted.to), oldest, newest };
}

/** With one more delivery; the same where the engine has counted it already. */
export function withArrival(activity: Activity, delivery: DeliverySummary): Activity {
  if (activity.newest !== null && !isLaterId(delivery.id, activity.newest)) return activity;
  return withCount(activity, delivery.receivedAt, delivery.verification.state, 1);
}

/** With a delivery in another state than before. */
export function withChange(activity: Activity, delivery: DeliverySummary, before: VerificationState): Activity {
  const { receivedAt, verification } = delivery;
  return withCount(withCount(activity, receivedAt, before, -1), receivedAt, verification.state, 1);
}

export function totalOf({ verified, failed, unsigned, unchecked }: ActivityCounts): number {
  return verified + failed + unsigned + unchecked;
}

/** Ids grow with each arrival: of two, the longer one is the later, and of the same length the greater one. */
export function isLaterId(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}

function withCount(activity: Activity, receivedAt: string, state: VerificationState, step: 1 | -1): Activity {
  const { bucketMs, bucketCount, buckets } = activity;
  const start = bucketStart(Date.parse(receivedAt), bucketMs);
  const last = Math.max(start, buckets.at(-1)?.start ?? start);
  // What has left the range is let go of, so that a window left open for days stays small.
  const kept = buckets.filter((bucket) => bucket.start > last - bucketCount * bucketMs);
  const index = kept.findIndex((bucket) => bucket.start >= start);
  const found = kept[index];
  if (found?.start === start) {
    const counts = { ...found.counts, [state]: Math.max(0, found.counts[state] + step) };
    return { ...activity, buckets: kept.with(index, { start, counts }) };
  }
  if (step < 0 || start <= last - bucketCount * bucketMs) return { ...activity, buckets: kept };
  const added = { start, counts: { ...NO_COUNTS, [state]: 1 } };
  return { ...activity, buckets: kept.toSpliced(index === -1 ? kept.length : index, 0, added) };
}
