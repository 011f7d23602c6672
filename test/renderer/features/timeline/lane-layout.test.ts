import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LaneInput, layOutLane } from "../../../../src/renderer/features/timeline/lane-layout.ts";

const START = Date.parse("2026-07-01T09:30:00Z");
const REM = 16;
const CELL_PX = 4.1 * REM;

/** A lane with steps at these seconds, and so many marks to come. */
function lane(seconds: readonly number[], change: Partial<LaneInput> & { toCome?: number } = {}): LaneInput {
  const { toCome = 0, ...rest } = change;
  const at = seconds.map((second) => START + second * 1_000);
  const marks = [
    ...at.map((time, index) => ({ id: `d${index}`, at: time })),
    ...Array.from({ length: toCome }, (_, index) => ({ id: `to come ${index}`, at: null })),
  ];
  return { marks, gaps: [], now: Math.max(START, ...at) + 1_000, width: 900, remPx: REM, ...rest };
}

const xs = (input: LaneInput) => layOutLane(input).marks.map(({ x }) => x);
const distances = (input: LaneInput) =>
  xs(input)
    .slice(1)
    .map((x, index) => x - (xs(input)[index] ?? 0));

describe("a lane's layout", () => {
  it("draws pauses to one scale beyond the room that marks need", () => {
    const [one = 0, two = 0, three = 0] = distances(lane([0, 2, 4, 8]));

    expect(one).toBeGreaterThan(CELL_PX);
    expect(two).toBeCloseTo(one);
    expect(three - CELL_PX).toBeCloseTo(2 * (one - CELL_PX));
  });

  it("cuts out a pause that is far longer than the others, and says how long it is", () => {
    const layout = layOutLane(lane([0, 3, 6, 9, 3_600]));

    expect(layout.breaks).toMatchObject([{ ms: 3_591_000 }]);
    expect(layout.marks.at(-1)?.x).toBeLessThan(900);
    expect(layOutLane(lane([0, 600, 1_200, 1_800])).breaks).toEqual([]);
    expect(layOutLane(lane([0, 3_600])).breaks).toHaveLength(1);
  });

  it("puts the time without a path where it was between two events", () => {
    const gap = { id: "g1", from: START + 2_000, to: START + 8_000 };
    const layout = layOutLane(lane([0, 10], { gaps: [gap] }));
    const [first, second] = layout.marks;
    const [band] = layout.bands;
    if (!first || !second || !band) throw new Error("Something is not drawn.");

    expect(band.fromX).toBeGreaterThan(first.x);
    expect(band.toX).toBeLessThan(second.x);
    expect((band.fromX + band.toX) / 2).toBeCloseTo((first.x + second.x) / 2);
    expect(layOutLane(lane([20, 30], { gaps: [gap] })).bands).toEqual([]);
  });

  it("shows a path that is down now between the last event and now", () => {
    const { now, bands, marks } = layOutLane(lane([0, 10], { gaps: [{ id: "g1", from: START + 10_500, to: null }] }));

    expect(bands).toHaveLength(1);
    expect(bands[0]?.fromX).toBeGreaterThan(marks[1]?.x ?? 0);
    expect(bands[0]?.toX).toBeLessThanOrEqual(now?.x ?? 0);
  });

  it("draws what is to come after now, on a dashed line", () => {
    const { marks, now, lines } = layOutLane(lane([0, 3], { toCome: 2 }));

    expect(now?.x).toBeGreaterThan(marks[1]?.x ?? 0);
    expect(marks[2]?.x).toBeGreaterThan(now?.x ?? 0);
    expect(lines.map(({ isDashed }) => isDashed)).toEqual([false, true, true, true]);
    expect(layOutLane(lane([])).marks).toEqual([]);
  });

  const anyLane = fc
    .record({
      seconds: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 60 }),
      toCome: fc.integer({ min: 0, max: 6 }),
      width: fc.integer({ min: 240, max: 2_500 }),
      remPx: fc.constantFrom(16, 24, 32),
      gaps: fc.array(
        fc.record({
          id: fc.uuid(),
          from: fc.integer({ min: 0, max: 1_000_000 }).map((second) => START + second * 1_000),
          to: fc.option(fc.integer({ min: 0, max: 1_000_000 }).map((second) => START + second * 1_000)),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ seconds, ...rest }) =>
      lane(
        seconds.toSorted((a, b) => a - b),
        rest,
      ),
    );

  it("keeps every mark in its order, inside the lane and clear of its neighbours, however narrow it is", () => {
    fc.assert(
      fc.property(anyLane, (input) => {
        const { marks, height } = layOutLane(input);

        expect(marks.map(({ id }) => id)).toEqual(input.marks.map(({ id }) => id));
        for (const [index, { x, y }] of marks.entries()) {
          expect(x).toBeGreaterThanOrEqual(2 * input.remPx);
          expect(x).toBeLessThanOrEqual(input.width - 2 * input.remPx);
          expect(y).toBeLessThan(height);
          const before = marks[index - 1];
          if (before === undefined) continue;
          if (before.y === y) expect(x - before.x).toBeGreaterThanOrEqual(4.1 * input.remPx - 0.01);
          else expect(y).toBeGreaterThan(before.y);
        }
      }),
    );
  });

  it("keeps lines, bands and breaks inside the lane", () => {
    fc.assert(
      fc.property(anyLane, (input) => {
        const { lines, bands, breaks, now } = layOutLane(input);

        for (const { fromX, toX } of [...lines, ...bands]) {
          expect(fromX).toBeLessThanOrEqual(toX);
          expect(fromX).toBeGreaterThanOrEqual(0);
          expect(toX).toBeLessThanOrEqual(input.width);
        }
        for (const { x } of breaks) expect(x).toBeLessThan(input.width);
        if (now !== null) expect(now.x).toBeLessThanOrEqual(input.width);
      }),
    );
  });
});
