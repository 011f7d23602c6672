import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonChanges } from "../../../../src/renderer/features/compare/json-changes.ts";

describe("the changes between two texts of JSON", () => {
  it("are named by their path, with what was and what is", () => {
    const before = '{"type":"a","video":{"id":"vi1","tags":["x","y"]},"gone":1}';
    const after = '{"type":"b","video":{"id":"vi1","tags":["x","z"]},"new":{"n":null}}';

    expect(jsonChanges(before, after)).toEqual([
      { kind: "changed", path: "type", before: '"a"', after: '"b"' },
      { kind: "changed", path: "video.tags[1]", before: '"y"', after: '"z"' },
      { kind: "removed", path: "gone", before: "1", after: null },
      { kind: "added", path: "new", before: null, after: '{"n":null}' },
    ]);
  });

  it("do not count key order and white space", () => {
    expect(jsonChanges('{"a":1,"b":2}', '{ "b": 2,\n"a": 1 }')).toEqual([]);
  });

  it("tell numbers apart that JavaScript would round to the same", () => {
    expect(jsonChanges('{"id":12345678901234567890}', '{"id":12345678901234567891}')).toEqual([
      { kind: "changed", path: "id", before: "12345678901234567890", after: "12345678901234567891" },
    ]);
  });

  it("find keys that every object has by birth only where they were sent", () => {
    expect(jsonChanges('{"toString":1,"__proto__":{"x":1}}', "{}")).toEqual([
      { kind: "removed", path: "toString", before: "1", after: null },
      { kind: "removed", path: "__proto__", before: '{"x":1}', after: null },
    ]);
  });

  it("name the whole where the two are of different kinds", () => {
    expect(jsonChanges("[1]", "null")).toEqual([{ kind: "changed", path: "", before: "[1]", after: "null" }]);
  });

  it("are not listed for what is not JSON, or nests too deep", () => {
    const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;

    expect(jsonChanges("{", "{}")).toBeNull();
    expect(jsonChanges(deep, deep.replace("1", "2"))).toBeNull();
  });

  it("are none between a value and itself, and some between two that differ", () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (one, other) => {
        expect(jsonChanges(one, one)).toEqual([]);
        const isSame = canonical(one) === canonical(other);
        expect(jsonChanges(one, other)?.length === 0).toBe(isSame);
      }),
    );
  });
});

/** A text that two JSON values share exactly if they are equal; `-0` is `0` in JSON's eyes but not in a comparison's. */
function canonical(text: string): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "minus zero" : value;
    return Object.entries(value)
      .map(([key, inner]) => [key, sorted(inner)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
      .concat(["object"]);
  };
  return JSON.stringify(sorted(JSON.parse(text)));
}
