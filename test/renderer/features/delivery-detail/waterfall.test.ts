import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attempt } from "#shared/domain/attempt.ts";
import { waterfall } from "../../../../src/renderer/features/delivery-detail/waterfall.ts";
import { sampleDetail } from "../../samples.ts";

function attempt(afterMs: number, change: Partial<Attempt> = {}): Attempt {
  return {
    id: `a${afterMs}`,
    deliveryId: "d1",
    kind: "forward",
    target: "http://localhost:3000/",
    startedAt: new Date(Date.parse("2026-11-24T14:02:27.904Z") + afterMs).toISOString(),
    ms: 6,
    outcome: { kind: "answered", status: 400, headers: [], bodyBase64: "", bodyBytes: 0 },
    ...change,
  };
}

const refused = { kind: "unreachable", reason: "refused", message: "" } as const;

describe("what happened", () => {
  it("lists the steps in their order, each with how long it took and when it was done", () => {
    const { first, later } = waterfall(sampleDetail({ attempts: [attempt(4)] }));

    expect(first.steps.map(({ label, tookMs, doneMs }) => [label, Number(tookMs.toFixed(2)), doneMs])).toEqual([
      ["Received", 2, 2],
      ["Verified", 0.1, 2.1],
      ["On disk", 0.8, 2.9],
      ["Answered 202", 0.3, 3.2],
      ["Forwarded: 400", 6, 10],
    ]);
    expect(first.steps.at(-1)).toMatchObject({ tone: "bad", bar: { start: 0.4, width: 0.6, isBroken: false } });
    expect(later).toBeNull();
  });

  it("names a forward that had a fault, and does not show it as a failure", () => {
    const { first } = waterfall(
      sampleDetail({ attempts: [attempt(4, { fault: { kind: "wrong-secret", every: 1 } })] }),
    );

    expect(first.steps.at(-1)).toMatchObject({ label: "Forwarded with a fault: 400", tone: "warn" });
  });

  it("has of what was imported the answer alone, and what was sent since", () => {
    const timings = { ...sampleDetail({}).timings, lastByteMs: 0, verifiedMs: 0, committedMs: null };
    const imported = sampleDetail({ source: "imported", timings, attempts: [attempt(60_000, { kind: "replay" })] });

    const { first, later } = waterfall(imported);

    expect(first.steps.map(({ label }) => label)).toEqual(["Answered 202"]);
    expect(later?.steps).toHaveLength(1);
    expect(waterfall({ ...imported, timings: { ...timings, answeredMs: null } }).first.steps).toEqual([]);
  });

  it("leaves out steps that were never reached", () => {
    const timings = { ...sampleDetail().timings, committedMs: null, answeredMs: null };

    const { first } = waterfall(sampleDetail({ timings, answered: null }));

    expect(first.steps.map(({ label }) => label)).toEqual(["Received", "Verified"]);
  });

  it("draws replays on a scale of their own, however late they were", () => {
    const attempts = [
      attempt(4),
      attempt(120_000, { kind: "replay", ms: 40 }),
      attempt(240_000, { kind: "replay", outcome: refused }),
    ];

    const { first, later, breakMs } = waterfall(sampleDetail({ attempts }));

    expect(first.spanMs).toBe(10);
    expect(later?.spanMs).toBe(40);
    expect(later?.steps.map(({ label, tookMs, bar }) => [label, tookMs, bar.start])).toEqual([
      ["Replayed: 400, 2 min later", 40, 0],
      ["Replayed: refused, 4 min later", 6, 0],
    ]);
    expect(breakMs).toBe(120_000);
  });

  it("breaks the bar of a server that takes long, instead of pressing all others flat", () => {
    const { first } = waterfall(sampleDetail({ attempts: [attempt(4, { ms: 5_000 })] }));

    expect(first.steps.at(-1)).toMatchObject({ tookMs: 5_000, bar: { isBroken: true } });
    expect(first.steps[0]?.bar.width).toBeGreaterThan(0.03);
  });

  it("draws the newest of many replays and counts the others", () => {
    const attempts = Array.from({ length: 20 }, (_, i) => attempt(60_000 + i, { id: `a${i}`, kind: "replay" }));

    const { later, leftOut } = waterfall(sampleDetail({ attempts }));

    expect(later?.steps.map(({ id }) => id)).toEqual(["a14", "a15", "a16", "a17", "a18", "a19"]);
    expect(leftOut).toBe(14);
  });

  it("keeps every bar inside its track", () => {
    const any = fc.record({
      at: fc.integer({ min: -50_000, max: 900_000 }),
      ms: fc.float({ min: 0, max: 60_000, noNaN: true }),
      isForward: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any), (sent) => {
        const attempts = sent.map(({ at, ms, isForward }) =>
          attempt(at, { ms, kind: isForward ? "forward" : "replay" }),
        );
        const { first, later } = waterfall(sampleDetail({ attempts }));
        for (const { bar } of [...first.steps, ...(later?.steps ?? [])]) {
          expect(bar.start).toBeGreaterThanOrEqual(0);
          expect(bar.width).toBeGreaterThan(0);
          expect(bar.start + bar.width).toBeLessThanOrEqual(1.000_001);
        }
      }),
    );
  });
});
