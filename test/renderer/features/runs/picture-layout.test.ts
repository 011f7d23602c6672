import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunPoint } from "#shared/domain/run.ts";
import { frameOf, layOutPicture, markPath } from "../../../../src/renderer/features/runs/picture-layout.ts";

const point = (more: Partial<RunPoint> = {}): RunPoint => ({
  ...{ seq: 1, deliveryId: "d1", atMs: 0, ms: 5, status: 200, reason: null, verdict: "same", outcome: "accepted" },
  ...more,
});

const SIZE = { width: 600, height: 200, remPx: 16 };
const FRAME = frameOf(SIZE);

describe("the picture of a run", () => {
  it("has later ones further to the right and slower ones higher up", () => {
    const [fast, slow] = layOutPicture([point(), point({ seq: 2, atMs: 100, ms: 500 })], SIZE).marks;

    expect(slow?.x).toBeGreaterThan(fast?.x ?? 0);
    expect(slow?.y).toBeLessThan(fast?.y ?? 0);
  });

  it("keeps every mark within its frame, whatever the times are", () => {
    const points = fc.array(
      fc.record({
        atMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
        ms: fc.double({ min: 0, max: 1e6, noNaN: true }),
      }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(points, (times) => {
        const { marks, msTicks } = layOutPicture(times.map(point), SIZE);
        for (const { x, y } of marks) {
          expect(x).toBeGreaterThanOrEqual(FRAME.left - 0.001);
          expect(x).toBeLessThanOrEqual(FRAME.right + 0.001);
          expect(y).toBeGreaterThanOrEqual(FRAME.top - 0.001);
          expect(y).toBeLessThanOrEqual(FRAME.bottom + 0.001);
        }
        expect(msTicks.length).toBeGreaterThan(1);
      }),
    );
  });

  it("draws what is news on top, and what brought no answer as such", () => {
    const { marks } = layOutPicture(
      [
        point({ verdict: "regressed", outcome: "unreachable", status: null }),
        point({ verdict: "same" }),
        point({ verdict: "same", outcome: "unreachable", status: null }),
        point({ verdict: "fixed" }),
      ],
      SIZE,
    );
    expect(marks.map(({ kind }) => kind)).toEqual(["same", "unreachable", "fixed", "regressed"]);
  });

  it("tells all kinds apart by their shape", () => {
    const shapes = (["fixed", "regressed", "changed", "same", "unreachable"] as const).map((kind) =>
      markPath(kind, 0, 0),
    );
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it("says nothing of nothing", () => {
    expect(layOutPicture([], SIZE).marks).toEqual([]);
  });
});
