import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexJson } from "#shared/json/json-index.ts";
import { explainValue, readShape } from "../../../../../src/renderer/features/delivery-detail/payload/explain-value.ts";
import { findText } from "../../../../../src/renderer/features/delivery-detail/payload/find-text.ts";
import { treeMove } from "../../../../../src/renderer/features/delivery-detail/payload/tree-keys.ts";
import {
  ancestorsOf,
  createRepeats,
  type Expansion,
  filterExpansion,
  isOpen,
  nearestRow,
  pathOf,
  setOpen,
  startExpansion,
  toFilter,
  treeRows,
} from "../../../../../src/renderer/features/delivery-detail/payload/tree-rows.ts";
import { valueText, valueWords } from "../../../../../src/renderer/features/delivery-detail/payload/value-words.ts";

const ALL: Expansion = { base: "all", except: new Set() };

function treeOf(text: string) {
  const bytes = new TextEncoder().encode(text);
  const { index } = indexJson(bytes);
  const paths = (rows: Uint32Array): (string | null)[] => [...rows].map((value) => pathOf(bytes, index, value));
  const find = (query: string) => toFilter(index, findText(bytes, query, index));
  return { bytes, index, paths, find };
}

const SAMPLE = '{"type":"x","metadata":[{"key":"k","value":"v"},{"key":"k2","value":"w"}],"data":{"videoId":"vi1"}}';

describe("a tree of JSON", () => {
  it("names values by paths that a filter takes", () => {
    const { index, paths } = treeOf(SAMPLE);

    expect(paths(treeRows(index, ALL, null))).toEqual([
      ...["", "type", "metadata"],
      ...["metadata[0]", "metadata[0].key", "metadata[0].value"],
      ...["metadata[1]", "metadata[1].key", "metadata[1].value"],
      ...["data", "data.videoId"],
    ]);
  });

  it("hides what is in closed containers, and opens single ones", () => {
    const { index, paths } = treeOf(SAMPLE);
    const closed: Expansion = { base: "none", except: new Set([0]) };

    expect(paths(treeRows(index, closed, null))).toEqual(["", "type", "metadata", "data"]);
    expect(paths(treeRows(index, setOpen(closed, [9], true), null)).at(-1)).toBe("data.videoId");
    expect(isOpen(setOpen(ALL, [0], false), 0)).toBe(false);
    expect(treeRows(index, setOpen(ALL, [0], false), null)).toHaveLength(1);
  });

  it("keeps of a filter what has the text and the way to it", () => {
    const { index, paths, find } = treeOf(SAMPLE);
    const filter = find("v");

    expect(filter.matches.size).toBe(3);
    expect(paths(treeRows(index, filterExpansion(filter), filter))).toEqual([
      ...["", "metadata", "metadata[0]", "metadata[0].value"],
      ...["metadata[1]", "metadata[1].value"],
      ...["data", "data.videoId"],
    ]);
  });

  it("lets one open what was found by its key", () => {
    const { index, paths, find } = treeOf(SAMPLE);
    const filter = find("metad");
    const opened = setOpen(filterExpansion(filter), [2, 3], true);

    expect(paths(treeRows(index, filterExpansion(filter), filter))).toEqual(["", "metadata"]);
    expect(paths(treeRows(index, opened, filter))).toContain("metadata[0].key");
  });

  it("shows nothing where nothing was found, not even by brackets and colons", () => {
    const { index, find } = treeOf(SAMPLE);

    for (const query of ["nowhere", '":', "},"]) expect(treeRows(index, ALL, find(query))).toHaveLength(0);
  });

  it("finds each key and value, and only those", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
        fc.string({ minLength: 1 }),
        (value, query) => {
          const { bytes, index, find } = treeOf(JSON.stringify(value));
          const wanted = query.toLowerCase();
          for (const match of find(query).matches) {
            const written = new TextDecoder().decode(
              bytes.subarray(index.keyStarts[match] ?? 0, index.ends[match] ?? 0),
            );
            const meant = (pathOf(bytes, index, match) ?? "") + valueText(bytes, index, match);
            expect(`${written} ${meant}`.toLowerCase()).toContain(wanted);
          }
        },
      ),
    );
  });

  it("opens small bodies whole and large ones at the top", () => {
    expect(startExpansion(treeOf(SAMPLE).index).base).toBe("all");
    expect(
      treeRows(
        treeOf(`[${"[1],".repeat(500)}1]`).index,
        startExpansion(treeOf(`[${"[1],".repeat(500)}1]`).index),
        null,
      ),
    ).toHaveLength(502);
  });

  it("goes on from the nearest container in sight where a value is hidden, and finds no path to what is too deep", () => {
    const { index } = treeOf(SAMPLE);
    const rows = treeRows(index, { base: "none", except: new Set([0]) }, null);
    const deep = treeOf("[".repeat(2_000) + "]".repeat(2_000));

    expect([5, 10, 1, 0].map((value) => rows[nearestRow(index, rows, value)])).toEqual([2, 9, 1, 0]);
    expect(ancestorsOf(index, 5)).toEqual([3, 2, 0]);
    expect(pathOf(deep.bytes, deep.index, 1_000)).toHaveLength(3_000);
    expect(pathOf(deep.bytes, deep.index, 1_001)).toBeNull();
  });

  it("says which keys stand twice", () => {
    const { bytes, index } = treeOf('{"a":1,"b":2,"\\u0061":3,"c":{"a":1}}');
    const isRepeated = createRepeats(bytes, index);

    expect([1, 2, 3, 4, 5].map(isRepeated)).toEqual([true, false, true, false, false]);
  });

  it("says numbers as they are written and cuts long texts", () => {
    const { bytes, index } = treeOf(`[12345678901234567890.10,"caf\\u00e9 \\"x\\"","${"é".repeat(900_000)}",{},[1]]`);
    const words = [1, 2, 3, 4, 5].map((value) => valueWords(bytes, index, value));

    expect(words.map(({ text }) => text.slice(0, 24))).toEqual([
      "12345678901234567890.10",
      '"café "x""',
      `"${"é".repeat(23)}`,
      "{}",
      "[ 1 value ]",
    ]);
    expect(words[2]?.text.length).toBeLessThan(170);
    expect(words[2]?.hiddenBytes).toBeGreaterThan(1_700_000);
    expect(valueText(bytes, index, 3)).toBe("é".repeat(900_000));
    expect(valueText(bytes, index, 1)).toBe("12345678901234567890.10");
  });
});

describe("the keys of a tree", () => {
  const { index } = treeOf(SAMPLE);
  const rows = treeRows(index, ALL, null);
  const press = (key: string, row: number, expansion = ALL) =>
    treeMove(key, { index, rows: treeRows(index, expansion, null), expansion, row });

  it("move from row to row and stop at the ends", () => {
    expect(press("ArrowDown", 0)).toEqual({ kind: "go", row: 1 });
    expect(press("ArrowUp", 0)).toEqual({ kind: "go", row: 0 });
    expect(press("End", 0)).toEqual({ kind: "go", row: rows.length - 1 });
    expect(press("PageDown", 5)).toEqual({ kind: "go", row: rows.length - 1 });
    expect(press("Home", 5)).toEqual({ kind: "go", row: 0 });
  });

  it("go in and out of containers", () => {
    const closed = setOpen(ALL, [2], false);
    expect(press("ArrowRight", 2)).toEqual({ kind: "go", row: 3 });
    expect(press("ArrowRight", 2, closed)).toEqual({ kind: "open", values: [2] });
    expect(press("ArrowLeft", 2)).toEqual({ kind: "close", values: [2] });
    expect(press("ArrowLeft", 4)).toEqual({ kind: "go", row: 3 });
    expect(press("Enter", 2)).toEqual({ kind: "close", values: [2] });
    expect(press("Enter", 1)).toBeNull();
    expect(press("*", 4)).toEqual({ kind: "open", values: [] });
    expect(press("*", 3)).toEqual({ kind: "open", values: [3, 6] });
    expect(press("j", 3)).toBeNull();
  });
});

describe("what is said beside a value", () => {
  const explain = (text: string, type: string | null, value: number) => {
    const { bytes, index } = treeOf(text);
    return explainValue(bytes, index, value, { type, shape: readShape(bytes) });
  };
  const EVENT =
    '{"type":"live-stream.broadcast.ended","emittedAt":"2026-07-01T10:05:44+00:00","liveStreamId":"li1","extra":{"type":1}}';

  it("is what api.video documents, and how a field differs from it", () => {
    const type = "live-stream.broadcast.ended";

    expect(explain(EVENT, type, 1)?.text).toMatch(/^Live ended\./);
    expect(explain(EVENT, type, 3)).toMatchObject({ isDeviation: false, text: expect.stringContaining("live stream") });
    expect(explain(EVENT, type, 4)).toMatchObject({
      isDeviation: true,
      text: expect.stringContaining("not documented"),
    });
    expect(explain(EVENT, type, 5)).toBeUndefined();
  });

  it("is nothing for events that nobody documented, but that their type is unknown", () => {
    expect(explain('{"type":"new","videoId":"vi1"}', "new", 1)?.isDeviation).toBe(true);
    expect(explain('{"type":"new","videoId":"vi1"}', "new", 2)).toBeUndefined();
    expect(explain("[1]", null, 1)).toBeUndefined();
  });
});
