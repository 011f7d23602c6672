import { describe, expect, it } from "vitest";
import { barWords, chartWords } from "../../../../src/renderer/features/activity/activity-words.ts";
import { isAskedFor, toChart, toggleBar } from "../../../../src/renderer/features/activity/chart.ts";
import { type Activity, bucketStart, NO_COUNTS } from "../../../../src/renderer/state/activity.ts";
import { sampleGap } from "../../samples.ts";

const MINUTE = 60_000;
const NOW = Date.parse("2026-11-24T14:20:30.000Z");
const minute = (n: number): number => bucketStart(NOW, MINUTE) - (19 - n) * MINUTE;

function activity(buckets: Activity["buckets"] = []): Activity {
  return { range: "20m", bucketMs: MINUTE, bucketCount: 20, buckets, until: minute(20), oldest: null, newest: null };
}

describe("the chart of what came", () => {
  it("has a bar per minute, the last one under way, and keeps quiet minutes as empty bars", () => {
    const { bars } = toChart(activity([{ start: minute(19), counts: { ...NO_COUNTS, verified: 1 } }]), [], NOW, 40);

    expect(bars).toHaveLength(20);
    expect(bars.map(({ parts }) => parts.length)).toEqual([...Array(19).fill(0), 1]);
    expect(bars.at(-1)?.start).toBe(minute(19));
  });

  it("gives the highest bar all of the height, and puts what failed on top", () => {
    const { bars } = toChart(
      activity([
        { start: minute(3), counts: { ...NO_COUNTS, failed: 1, verified: 3 } },
        { start: minute(4), counts: { ...NO_COUNTS, verified: 2 } },
      ]),
      [],
      NOW,
      20,
    );

    expect(bars[3]?.parts).toEqual([
      { state: "verified", share: 0.75 },
      { state: "failed", share: 0.25 },
    ]);
    expect(bars[4]?.parts).toEqual([{ state: "verified", share: 0.5 }]);
  });

  it.each([
    [40, 20],
    [19, 10],
    [9, 5],
    [4, 4],
    [0, 1],
  ])("draws at most %i bars as %i that stand for the same time each", (maxBars, expected) => {
    const buckets = [0, 7, 19].map((n) => ({ start: minute(n), counts: { ...NO_COUNTS, verified: 1 } }));

    const { bars, counts } = toChart(activity(buckets), [], NOW, maxBars);

    expect(bars).toHaveLength(expected);
    expect(new Set(bars.map(({ start, end }) => end - start)).size).toBe(1);
    expect(bars.reduce((sum, bar) => sum + bar.counts.verified, 0)).toBe(counts.verified);
  });

  it("keeps a bar at its place while time goes on within it, whatever it is grouped from", () => {
    const starts = (now: number) => toChart(activity(), [], now, 10).bars.map(({ start }) => start);

    expect(starts(minute(17))).toEqual(starts(minute(17) + 2 * MINUTE - 1));
  });

  it("shows what came in the page's future, whose clock lags behind", () => {
    const start = minute(20);

    expect(toChart(activity([{ start, counts: { ...NO_COUNTS, failed: 1 } }]), [], NOW, 20).counts.failed).toBe(1);
  });

  it("marks the bars in whose time the path was down, to their very end", () => {
    const gap = sampleGap({ from: new Date(minute(2) + 1).toISOString(), to: new Date(minute(4)).toISOString() });
    const open = sampleGap({ from: new Date(minute(19)).toISOString(), to: null });

    const { bars } = toChart(activity(), [gap, open], NOW, 20);

    expect(bars.flatMap(({ hasGap }, n) => (hasGap ? [n] : []))).toEqual([2, 3, 19]);
  });
});

describe("what a bar says and does", () => {
  const start = Date.parse("2026-11-24T14:02:00.000Z");
  const bar = {
    start,
    end: start + MINUTE,
    parts: [],
    hasGap: true,
    counts: { ...NO_COUNTS, verified: 12, failed: 2 },
  };

  it("names its time, its counts and a gap", () => {
    expect(barWords(bar, start)).toMatch(/^\d\d:02 to \d\d:03: 12 verified, 2 failed\. The path was down$/);
  });

  it("names the day where that is not today", () => {
    expect(barWords({ ...bar, counts: NO_COUNTS, hasGap: false }, start + 48 * 60 * MINUTE)).toMatch(
      /^24 Nov \d\d:02 to 24 Nov \d\d:03: nothing$/,
    );
  });

  const TIME = "after:2026-11-24T14:02:00Z before:2026-11-24T14:03:00Z";

  it("asks for its time, and for what failed in it, and takes that back", () => {
    expect(toggleBar("", bar, false)).toBe(TIME);
    expect(toggleBar("", bar, true)).toBe(`${TIME} sig:failed`);
    expect(toggleBar(TIME, bar, true)).toBe(`${TIME} sig:failed`);
    expect(toggleBar(TIME, bar, false)).toBe("");
    expect(toggleBar(`${TIME} sig:failed`, bar, true)).toBe("");
  });

  it("leaves all else of the filter as it is, and takes the place of another time", () => {
    const written = "720p quality=1080p sig:failed";

    expect(toggleBar(`after:1h ${written} before:14:02`, bar, false)).toBe(`${written} ${TIME}`);
    expect(toggleBar(`${written} ${TIME}`, bar, false)).toBe(written);
    expect(toggleBar(`720p sig:unsigned ${TIME}`, bar, true)).toBe(`720p ${TIME} sig:failed`);
  });

  it("is pressed where the filter has just its time, whatever else that asks for", () => {
    expect(isAskedFor(`720p ${TIME} type:video`, bar)).toBe(true);
    expect(isAskedFor(TIME.toLowerCase(), bar)).toBe(true);
    expect(isAskedFor(TIME, { start, end: start + 2 * MINUTE })).toBe(false);
    expect(isAskedFor(`-${TIME}`, bar)).toBe(false);
    expect(isAskedFor("", bar)).toBe(false);
  });

  it("sums the chart up in a sentence", () => {
    expect(chartWords("20m", { ...NO_COUNTS, verified: 1, failed: 2 })).toBe(
      "Activity, last 20 min: 3 deliveries, 1 verified, 2 failed",
    );
    expect(chartWords("all", NO_COUNTS)).toBe("Activity, all that is kept: 0 deliveries");
  });
});
