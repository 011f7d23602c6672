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

describe("what happened", () => {
  it("lists the steps in their order, each with how long it took", () => {
    const steps = waterfall(sampleDetail({ attempts: [attempt(4)] }));

    expect(steps.map(({ label, value }) => [label, value])).toEqual([
      ["Received", "2 ms"],
      ["Verified", "0.1 ms"],
      ["On disk", "0.8 ms"],
      ["Answered 202", "3.2 ms"],
      ["Forwarded", "400 · 6 ms"],
    ]);
    expect(steps.at(-1)).toMatchObject({ tone: "bad", bar: { start: 0.4, width: 0.6 } });
  });

  it("leaves out steps that were never reached", () => {
    const timings = { ...sampleDetail().timings, committedMs: null, answeredMs: null };

    const labels = waterfall(sampleDetail({ timings, answered: null })).map(({ label }) => label);

    expect(labels).toEqual(["Received", "Verified"]);
  });

  it("tells of a much later replay without drawing it", () => {
    const replay = attempt(120_000, {
      kind: "replay",
      outcome: { kind: "unreachable", reason: "refused", message: "" },
    });

    const step = waterfall(sampleDetail({ attempts: [replay] })).at(-1);

    expect(step).toMatchObject({ label: "Replayed", bar: null, value: "2 min later · refused · 6 ms" });
  });

  it("keeps every bar inside its track", () => {
    for (const { bar } of waterfall(sampleDetail({ attempts: [attempt(-5), attempt(9_000)] }))) {
      expect(bar?.start).toBeGreaterThanOrEqual(0);
      expect((bar?.start ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(1.000_001);
    }
  });
});
