import { describe, expect, it } from "vitest";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import { toListRows } from "../../../src/renderer/state/list-rows.ts";
import { sampleDelivery, sampleGap } from "../samples.ts";

const T = Date.parse("2026-11-24T14:00:00.000Z");
const iso = (seconds: number): string => new Date(T + seconds * 1_000).toISOString();

/** Deliveries at these seconds, newest first. */
const deliveries = (...seconds: number[]): DeliverySummary[] =>
  seconds.map((second) => sampleDelivery({ id: `d${second}`, receivedAt: iso(second) }));
const repeat = (second: number, duplicateOf: string): DeliverySummary =>
  sampleDelivery({ id: `d${second}`, receivedAt: iso(second), duplicateOf });
const gaps = (...seconds: number[]): Gap[] =>
  seconds.map((second) => sampleGap({ id: `g${second}`, from: iso(second) }));

interface Options {
  readonly newer?: number;
  readonly before?: string | null;
  readonly gaps?: Gap[];
  readonly open?: string[];
  readonly selected?: string;
}

function rowsOf(items: readonly DeliverySummary[], options: Options = {}) {
  const { newer = 0, before = null, selected = null } = options;
  return toListRows({ items, newer, before }, options.gaps ?? [], new Set(options.open), selected);
}

const idsOf = (items: readonly DeliverySummary[], options: Options = {}) => rowsOf(items, options).map(({ id }) => id);

describe("deliveries and gaps in one list", () => {
  it.each<[string, DeliverySummary[], Options, string[]]>([
    ["no gap", deliveries(9, 5), {}, ["d9", "d5"]],
    ["a gap between two deliveries", deliveries(9, 5), { gaps: gaps(7) }, ["d9", "g7", "d5"]],
    ["the newest of all, still open", deliveries(9, 5), { gaps: gaps(10) }, ["g10", "d9", "d5"]],
    ["the oldest of all", deliveries(9, 5), { gaps: gaps(1) }, ["d9", "d5", "g1"]],
    ["several at one place", deliveries(9, 5), { gaps: gaps(8, 7, 6) }, ["d9", "g8", "g7", "g6", "d5"]],
    ["a delivery of the very moment, above it", deliveries(9, 5), { gaps: gaps(5) }, ["d9", "d5", "g5"]],
    ["nothing but gaps", [], { gaps: gaps(8, 7) }, ["g8", "g7"]],
    ["none below the window", deliveries(9, 5), { before: "d5", gaps: gaps(7, 1) }, ["d9", "g7", "d5"]],
    ["none above the window", deliveries(9, 5), { newer: 3, gaps: gaps(12, 10, 7) }, ["d9", "g7", "d5"]],
  ])("shows %s", (_name, items, options, ids) => {
    expect(idsOf(items, options)).toEqual(ids);
  });

  it("is not led astray by imported deliveries, whose times are of another day", () => {
    const imported = deliveries(-5_000, -4_000, -3_000).map((old) => ({ ...old, source: "imported" as const }));
    const items = [...deliveries(20, 15), ...imported, ...deliveries(9, 5)];

    const ids = idsOf(items, { gaps: gaps(12, 7) });

    expect(ids.filter((id) => !id.startsWith("d-"))).toEqual(["d20", "d15", "g12", "d9", "g7", "d5"]);
  });
});

describe("repeats in the list", () => {
  const first = deliveries(5)[0] ?? sampleDelivery();
  const items = [repeat(9, "d5"), ...deliveries(8), repeat(7, "d5"), first, ...deliveries(1)];

  it("fold into the delivery they repeat, which stays where it is, whatever came between", () => {
    expect(idsOf(items)).toEqual(["d8", "d5", "d1"]);
    expect(rowsOf(items)[1]).toMatchObject({ id: "d5", isOpen: false, repeats: [{ id: "d7" }, { id: "d9" }] });
  });

  it("stand under it in the order they came once it is opened", () => {
    const rows = rowsOf(items, { open: ["d5"] });

    expect(rows.map(({ id }) => id)).toEqual(["d8", "d5", "d7", "d9", "d1"]);
    expect(rows.slice(1, 4)).toMatchObject([
      { foldId: "d5", nth: 1, isOpen: true },
      { foldId: "d5", nth: 2 },
      { foldId: "d5", nth: 3 },
    ]);
  });

  it("are shown while one of them is selected, so that what is selected is never hidden", () => {
    expect(idsOf(items, { selected: "d9" })).toEqual(["d8", "d5", "d7", "d9", "d1"]);
    expect(idsOf(items, { selected: "d5" })).toEqual(["d8", "d5", "d1"]);
  });

  it("fold across the edge of a page: into the oldest there is, and into the first once it is loaded", () => {
    const part = items.slice(0, 3);

    expect(idsOf(part, { before: "d7" })).toEqual(["d8", "d7"]);
    expect(idsOf(items)).toEqual(["d8", "d5", "d1"]);
  });

  it("move nothing when another one comes", () => {
    expect(idsOf([repeat(12, "d5"), ...items])).toEqual(idsOf(items));
  });
});
