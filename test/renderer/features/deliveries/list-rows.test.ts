import { describe, expect, it } from "vitest";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import {
  type ListRows,
  mergeRows,
  rowAt,
  rowOfDelivery,
  rowOfId,
  unitsAbove,
} from "../../../../src/renderer/features/deliveries/list-rows.ts";
import { sampleDelivery, sampleGap } from "../../samples.ts";

const T = Date.parse("2026-11-24T14:00:00.000Z");
const iso = (seconds: number): string => new Date(T + seconds * 1_000).toISOString();

/** Deliveries at these seconds, newest first. */
const deliveries = (...seconds: number[]): DeliverySummary[] =>
  seconds.map((second) => sampleDelivery({ id: `d${second}`, receivedAt: iso(second) }));
const gaps = (...seconds: number[]): Gap[] =>
  seconds.map((second) => sampleGap({ id: `g${second}`, from: iso(second) }));

const idsOf = (rows: ListRows): (string | undefined)[] =>
  Array.from({ length: rows.count }, (_, index) => rowAt(rows, index)?.id);

describe("deliveries and gaps in one list", () => {
  it.each<[string, DeliverySummary[], boolean, Gap[], string[]]>([
    ["no gap", deliveries(9, 5), true, [], ["d9", "d5"]],
    ["a gap between two deliveries", deliveries(9, 5), true, gaps(7), ["d9", "g7", "d5"]],
    ["the newest of all, still open", deliveries(9, 5), true, gaps(10), ["g10", "d9", "d5"]],
    ["the oldest of all", deliveries(9, 5), true, gaps(1), ["d9", "d5", "g1"]],
    ["several at one place", deliveries(9, 5), true, gaps(8, 7, 6), ["d9", "g8", "g7", "g6", "d5"]],
    ["a delivery of the very moment, above it", deliveries(9, 5), true, gaps(5), ["d9", "d5", "g5"]],
    ["nothing but gaps", [], true, gaps(8, 7), ["g8", "g7"]],
    ["those of the loaded part only, while more is to come", deliveries(9, 5), false, gaps(7, 1), ["d9", "g7", "d5"]],
  ])("shows %s", (_name, items, isWhole, among, ids) => {
    expect(idsOf(mergeRows(items, isWhole, among))).toEqual(ids);
  });

  it("is not led astray by imported deliveries, whose times are of another day", () => {
    const imported = deliveries(-5_000, -4_000, -3_000).map((old) => ({ ...old, source: "imported" as const }));
    const items = [...deliveries(20, 15), ...imported, ...deliveries(9, 5)];

    const ids = idsOf(mergeRows(items, true, gaps(12, 7)));

    expect(ids.filter((id) => !id?.startsWith("d-"))).toEqual(["d20", "d15", "g12", "d9", "g7", "d5"]);
  });

  it("finds the row of each delivery and of each id, and how far down it begins", () => {
    const rows = mergeRows(deliveries(9, 7, 5, 3), true, gaps(8, 4));
    const ids = ["d9", "g8", "d7", "d5", "g4", "d3"];

    expect(ids.map((id) => rowOfId(rows, id))).toEqual([0, 1, 2, 3, 4, 5]);
    expect([0, 1, 2, 3].map((itemIndex) => rowOfDelivery(rows, itemIndex))).toEqual([0, 2, 3, 5]);
    expect(ids.map((_, index) => unitsAbove(rows, index))).toEqual([0, 1, 3, 4, 5, 7]);
    expect(rowOfId(rows, "gone")).toBe(-1);
    expect(rowAt(rows, 6)).toBeUndefined();
  });

  it("looks at a handful of a hundred thousand deliveries for each gap", () => {
    let looks = 0;
    const items = new Proxy(deliveries(...Array.from({ length: 100_000 }, (_, n) => 100_000 - n)), {
      get(target, name, receiver) {
        looks += 1;
        return Reflect.get(target, name, receiver);
      },
    });

    const rows = mergeRows(items, true, gaps(90_000.5, 50_000.5, 10.5));

    expect(looks).toBeLessThan(200);
    expect(rowAt(rows, 10_000)).toMatchObject({ kind: "gap", id: "g90000.5" });
    expect(rowAt(rows, 10_001)).toMatchObject({ kind: "delivery", id: "d90000" });
  });
});
