import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonChanges } from "#shared/json/json-changes.ts";

const changesOf = (before: string, after: string) =>
  jsonChanges(new TextEncoder().encode(before), new TextEncoder().encode(after));

describe("the changes between two texts of JSON", () => {
  it("are named by their path, with what was and what is", () => {
    const before = '{"type":"a","video":{"id":"vi1","tags":["x","y"]},"gone":1}';
    const after = '{"type":"b","video":{"id":"vi1","tags":["x","z"]},"new":{"n":null}}';

    expect(changesOf(before, after)).toEqual([
      { kind: "changed", path: "type", before: '"a"', after: '"b"' },
      { kind: "changed", path: "video.tags[1]", before: '"y"', after: '"z"' },
      { kind: "removed", path: "gone", before: "1", after: null },
      { kind: "added", path: "new", before: null, after: '{"n":null}' },
    ]);
  });

  it("do not count white space between values, but that inside of them", () => {
    expect(changesOf('{"a":1,"b":["c d"]}', '{ "a": 1,\n"b" :[ "c d" ] }')).toEqual([]);
    expect(changesOf('["c d"]', '["c  d"]')).toMatchObject([{ kind: "changed", path: "[0]" }]);
  });

  it("name an object whose keys come in another order, once, from the first that does", () => {
    expect(changesOf('{"x":{"a":1,"b":2,"c":3}}', '{"x":{"a":1,"c":3,"b":2,"d":4}}')).toEqual([
      { kind: "reordered", path: "x", before: "… b, c", after: "… c, b" },
      { kind: "added", path: "x.d", before: null, after: "4" },
    ]);
  });

  it("tell numbers apart that JavaScript would round to the same", () => {
    expect(changesOf('{"id":12345678901234567890}', '{"id":12345678901234567891}')).toEqual([
      { kind: "changed", path: "id", before: "12345678901234567890", after: "12345678901234567891" },
    ]);
  });

  it("find keys that every object has by birth only where they were sent", () => {
    expect(changesOf('{"toString":1,"__proto__":{"x":1}}', "{}")).toEqual([
      { kind: "removed", path: "toString", before: "1", after: null },
      { kind: "removed", path: "__proto__", before: '{"x":1}', after: null },
    ]);
  });

  it("name the whole where the two are of different kinds", () => {
    expect(changesOf("[1]", "null")).toEqual([{ kind: "changed", path: "", before: "[1]", after: "null" }]);
  });

  it("are not listed for what is not JSON, or nests too deep", () => {
    const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;

    expect(changesOf("{", "{}")).toBeNull();
    expect(changesOf(deep, deep.replace("1", "2"))).toBeNull();
  });

  it.each([
    ["1.10", "1.1", "rewritten"],
    ["100", "1e2", "rewritten"],
    ["-0.0", "0", "rewritten"],
    ["1E+400", "10e399", "rewritten"],
    ["1.0000000000000000001", "1", "changed"],
    ["12345678901234567890", "12345678901234567891", "changed"],
    ["1e400", "1e401", "changed"],
    ["1", "-1", "changed"],
    ['"\\u00e9"', '"é"', "rewritten"],
    ['"\\/"', '"/"', "rewritten"],
    ['"1"', "1", "changed"],
  ])("tell %s from %s: %s", (before, after, kind) => {
    expect(changesOf(`{"n":${before}}`, `{"n":${after}}`)).toEqual([{ kind, path: "n", before, after }]);
  });

  it("name a key that is written differently", () => {
    expect(changesOf('{"\\u0061":1}', '{"a":2}')).toEqual([
      { kind: "rewritten", path: "a", before: '"\\u0061"', after: '"a"' },
      { kind: "changed", path: "a", before: "1", after: "2" },
    ]);
  });

  it("compare each of a repeated key with its like, whatever other keys are called", () => {
    expect(changesOf('{"a":1,"a":2,"a #2":3}', '{"a":1,"a":3,"a #2":3}')).toEqual([
      { kind: "changed", path: "a #2", before: "2", after: "3" },
    ]);
    expect(changesOf('{"a":1,"a":2}', '{"a":2}')).toEqual([
      { kind: "changed", path: "a", before: "1", after: "2" },
      { kind: "removed", path: "a #2", before: "2", after: null },
    ]);
  });

  it("are of one kind only where a number keeps its value", () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger().filter((number) => number !== 0),
        fc.integer({ min: 1, max: 30 }),
        (number, zeros) => {
          const others = [`${number}.${"0".repeat(zeros)}`, `${number}${"0".repeat(zeros)}e-${zeros}`, `${number}E+0`];
          for (const other of others) {
            expect(changesOf(`[${number}]`, `[${other}]`)).toMatchObject([{ kind: "rewritten" }]);
          }
        },
      ),
    );
  });

  it("are none only between texts that differ in nothing but white space", () => {
    fc.assert(
      fc.property(anyJson, anyJson, fc.nat(2), (one, other, indent) => {
        expect(changesOf(one, one)).toEqual([]);
        expect(changesOf(one, spaced(one, indent))).toEqual([]);
        expect(changesOf(one, other)?.length === 0).toBe(one === other);
      }),
    );
  });
});

/** JSON without white space, as no serialiser writes it: numbers in any spelling, escapes, repeated keys. */
const anyJson: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("1", "1.0", "10e-1", "0", "-0", "12345678901234567890", "12345678901234567891", "true", "null"),
    fc.constantFrom('"a"', '"\\u0061"', '"1"', '" "', '""'),
    fc.array(tie("value"), { maxLength: 3 }).map((values) => `[${values.join(",")}]`),
    fc
      .array(fc.tuple(fc.constantFrom('"a"', '"\\u0061"', '"b"', '"a #2"'), tie("value")), { maxLength: 4 })
      .map((members) => `{${members.map(([key, value]) => `${key}:${value}`).join(",")}}`),
  ),
})).value;

/** The same with white space where the grammar allows it; no string of `anyJson` holds what is replaced. */
function spaced(text: string, width: number): string {
  return text.replace(/[{}[\],:]/g, (mark) => `${" ".repeat(width)}${mark}\n`);
}
