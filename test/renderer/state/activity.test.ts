import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClient } from "#shared/contract/client.ts";
import { DEFAULT_SETTINGS } from "#shared/domain/settings.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import {
  type Activity,
  bucketStart,
  isLaterId,
  planActivity,
  totalOf,
  withArrival,
  withChange,
} from "../../../src/renderer/state/activity.ts";
import { createActivityLoader } from "../../../src/renderer/state/activity-loader.ts";
import { START } from "../../../src/renderer/state/hash.ts";
import { type AppStore, createAppStore } from "../../../src/renderer/state/store.ts";
import { createFakeEngine, type FakeEngine } from "../fake-client.ts";
import { sampleDelivery, sampleEvent, sampleMirror } from "../samples.ts";

const MINUTE = 60_000;
const NOW = Date.parse("2026-11-24T14:20:30.000Z");
const at = (ms: number): string => new Date(NOW + ms).toISOString();

function empty(change: Partial<Activity> = {}): Activity {
  const until = bucketStart(NOW, MINUTE) + MINUTE;
  return { range: "20m", bucketMs: MINUTE, bucketCount: 20, buckets: [], until, oldest: null, newest: null, ...change };
}

const sum = ({ buckets }: Activity): number => buckets.reduce((total, { counts }) => total + totalOf(counts), 0);

describe("the parts of a range", () => {
  it("are a minute each for the last twenty", () => {
    expect(planActivity("20m", null, NOW)).toEqual({ bucketMs: MINUTE, bucketCount: 20 });
  });

  it("are as short as they can be for all of the history, and always reach back to its start", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * 365 * 24 * 60 }), (minutes) => {
        const oldestAt = NOW - minutes * MINUTE;
        const { bucketMs, bucketCount } = planActivity("all", oldestAt, NOW);
        const from = bucketStart(NOW, bucketMs) - (bucketCount - 1) * bucketMs;
        // A day that a change of the clocks makes longer or shorter moves its edge by an hour.
        return from <= oldestAt + 60 * MINUTE;
      }),
    );
    expect(planActivity("all", NOW - 23 * MINUTE, NOW)).toEqual({ bucketMs: MINUTE, bucketCount: 24 });
    expect(planActivity("all", NOW - 24 * MINUTE, NOW)).toEqual({ bucketMs: 2 * MINUTE, bucketCount: 16 });
  });
});

describe("counting what comes", () => {
  it("counts each delivery once in its part, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -19 * MINUTE, max: 0 }), { maxLength: 60 }), (times) => {
        const arrivals = times.map((ms, n) => sampleDelivery({ id: `d${n + 1}`, receivedAt: at(ms) }));

        const { buckets } = arrivals.reduce(withArrival, empty());

        const starts = buckets.map(({ start }) => start);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        for (const { start, counts } of buckets) {
          const expected = arrivals.filter(({ receivedAt }) => bucketStart(Date.parse(receivedAt), MINUTE) === start);
          expect(counts.verified).toBe(expected.length);
        }
        expect(sum({ ...empty(), buckets })).toBe(times.length);
      }),
    );
  });

  it("leaves out what the engine has counted already", () => {
    const activity = empty({ newest: "d99" });

    expect(withArrival(activity, sampleDelivery({ id: "d99", receivedAt: at(0) }))).toBe(activity);
    expect(sum(withArrival(activity, sampleDelivery({ id: "d100", receivedAt: at(0) })))).toBe(1);
  });

  it("lets go of what has left the range", () => {
    const old = withArrival(empty(), sampleDelivery({ id: "d1", receivedAt: at(0) }));

    const later = withArrival(old, sampleDelivery({ id: "d2", receivedAt: at(20 * MINUTE) }));

    expect(later.buckets).toHaveLength(1);
  });

  it("moves a delivery whose signature was checked anew", () => {
    const before = sampleDelivery({ receivedAt: at(0), verification: { state: "unchecked" } });
    const activity = withArrival(empty(), before);

    const changed = withChange(activity, { ...before, verification: { state: "verified" } }, "unchecked");

    expect(changed.buckets[0]?.counts).toEqual({ verified: 1, failed: 0, unsigned: 0, unchecked: 0 });
  });

  it("knows which of two ids came later, beyond a power of ten", () => {
    expect(isLaterId("d10", "d9")).toBe(true);
    expect(isLaterId("d9", "d10")).toBe(false);
    expect(isLaterId("d9", "d9")).toBe(false);
  });
});

describe("the loader", () => {
  let engine: FakeEngine;
  let store: AppStore;
  let loader: ReturnType<typeof createActivityLoader>;

  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    engine = createFakeEngine();
    store = createAppStore(START);
    store.setState({ mirror: sampleMirror() });
    loader = createActivityLoader({ client: createClient(engine), store });
  });
  afterEach(() => {
    loader.stop();
    vi.useRealTimers();
  });

  const received = (id: string, state: VerificationState = "verified") =>
    sampleEvent(1, "delivery.received", sampleDelivery({ id, receivedAt: at(0), verification: { state } }));
  const total = (): number | null => {
    const { activity } = store.getState();
    return activity.kind === "ready" ? sum(activity.value) : null;
  };
  const calls = () => engine.calls.filter(({ name }) => name === "deliveries.activity");

  it("adds what came while the engine was counting, once", async () => {
    engine.deliveries = [sampleDelivery({ id: "d2" }), sampleDelivery({ id: "d1" })];
    engine.beforeAnswer = () => loader.follow([received("d2"), received("d3")], sampleMirror());

    await loader.reload();

    expect(total()).toBe(3);
  });

  it("counts on without asking again", async () => {
    await loader.reload();

    for (let n = 1; n <= 50; n++) loader.follow([received(`d${n}`)], sampleMirror());
    await vi.advanceTimersByTimeAsync(60_000);

    expect(total()).toBe(50);
    expect(calls()).toHaveLength(1);
  });

  it("follows a changed state of what it knows, and of what the list knew", async () => {
    await loader.reload();
    loader.follow([received("d1", "unchecked")], sampleMirror());

    const updated = sampleDelivery({ id: "d1", receivedAt: at(0) });
    loader.follow([sampleEvent(2, "delivery.updated", updated)], sampleMirror());

    const { activity } = store.getState();
    expect(activity).toMatchObject({ value: { buckets: [{ counts: { verified: 1, unchecked: 0 } }] } });
    expect(calls()).toHaveLength(1);
  });

  it("asks again for what was imported, which may be of any time", async () => {
    await loader.reload();
    const imported = sampleDelivery({ id: "d1", receivedAt: "2020-01-01T00:00:00.000Z", source: "imported" });

    loader.follow([sampleEvent(1, "delivery.received", imported)], sampleMirror());
    expect(total()).toBe(0);
    engine.deliveries = [imported];
    await vi.advanceTimersByTimeAsync(5_000);

    expect(calls()).toHaveLength(2);
    expect(total()).toBe(1);
  });

  it("asks again for what only the engine can count, at most every five seconds", async () => {
    await loader.reload();

    for (let n = 1; n <= 20; n++) {
      const stranger = sampleDelivery({ id: `d${n}`, receivedAt: at(0) });
      loader.follow([sampleEvent(n, "delivery.updated", stranger)], sampleMirror());
      await vi.advanceTimersByTimeAsync(500);
    }

    expect(calls()).toHaveLength(3);
  });

  it("is not bothered by retention, which takes what came before the range", async () => {
    engine.deliveries = [sampleDelivery({ id: "d50" })];
    await loader.reload();

    loader.follow([sampleEvent(1, "delivery.removed", { ids: ["d9", "d49"] })], sampleMirror());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls()).toHaveLength(1);

    loader.follow([sampleEvent(2, "delivery.removed", { ids: ["d50"] })], sampleMirror());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls()).toHaveLength(2);
  });

  it("keeps the chart that it has when the engine does not answer, and says so where it has none", async () => {
    engine.beforeAnswer = () => {
      throw new Error("away");
    };
    await loader.reload();
    expect(store.getState().activity.kind).toBe("failed");

    engine.beforeAnswer = () => undefined;
    await loader.reload();
    engine.beforeAnswer = () => {
      throw new Error("away");
    };
    await loader.reload();

    expect(store.getState().activity.kind).toBe("ready");
  });

  it("asks for all of the history twice: how long it is, and what is in its parts", async () => {
    const mirror = sampleMirror();
    const values = { ...DEFAULT_SETTINGS, activityRange: "all" as const };
    store.setState({ mirror: { ...mirror, settings: { ...mirror.settings, values } } });

    await loader.reload();

    expect(calls().map(({ input }) => input["buckets"])).toEqual([1, 12]);
  });
});
