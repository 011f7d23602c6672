import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { indexJson } from "#shared/json/json-index.ts";
import { times } from "../../helpers/fuzz.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const slice = (text: string, start: number, end: number): string =>
  new TextDecoder().decode(bytes(text).subarray(start, end));

/** Each value as it stands in the text, after its key. */
function values(text: string, index: JsonIndex): string[] {
  return Array.from({ length: index.count }, (_, i) => {
    const key = slice(text, index.keyStarts[i] ?? 0, index.keyEnds[i] ?? 0);
    return key + slice(text, index.starts[i] ?? 0, index.ends[i] ?? 0);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("the index of a JSON text", () => {
  it("says where each value stands, in the order of the text", () => {
    const text = ' {"a" : [1, {"é":null}], "b":"x"} ';

    const { kind, index } = indexJson(bytes(text));

    expect(kind).toBe("whole");
    expect(values(text, index)).toEqual([
      '{"a" : [1, {"é":null}], "b":"x"}',
      '"a"[1, {"é":null}]',
      "1",
      '{"é":null}',
      '"é"null',
      '"b""x"',
    ]);
    expect([...index.parents]).toEqual([0, 0, 1, 1, 3, 0]);
    expect([...index.afters]).toEqual([6, 5, 3, 5, 5, 6]);
    expect([...index.depths]).toEqual([0, 1, 2, 2, 3, 1]);
    expect([...index.childCounts]).toEqual([2, 2, 0, 1, 0, 0]);
    expect([...index.positions]).toEqual([0, 0, 0, 1, 0, 1]);
  });

  it("keeps repeated keys, __proto__ and every digit", () => {
    const text = '{"__proto__":1,"a":12345678901234567890.10,"a":1e400}';

    expect(values(text, indexJson(bytes(text)).index).slice(1)).toEqual([
      '"__proto__"1',
      '"a"12345678901234567890.10',
      '"a"1e400',
    ]);
  });

  it("takes for JSON what JSON.parse takes, and nothing else", () => {
    const nearly = fc.array(
      fc.constantFrom(...'{}[],:"0 1-.eE+\\utrfalsn\n\u0001é'.split(""), "true", "null", '"a"', "\\u00e9", '{"a":'),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          nearly.map((parts) => parts.join("")),
        ),
        (text) => {
          expect(indexJson(bytes(text)).kind === "whole").toBe(isJson(text.toWellFormed()));
        },
      ),
      { numRuns: times(3_000) },
    );
  });

  it("finds as many values as JSON.parse makes", () => {
    const count = (value: unknown): number =>
      typeof value === "object" && value !== null
        ? Object.values(value).reduce((sum: number, inner) => sum + count(inner), 1)
        : 1;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(indexJson(bytes(JSON.stringify(value))).index.count).toBe(count(value));
      }),
    );
  });

  it("reads every beginning of a JSON text as far as it goes, and closes what is open", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const part = bytes(text).subarray(0, at % (bytes(text).length + 1));
        const { kind, index } = indexJson(part, { isCut: true });
        expect(kind).not.toBe("broken");
        for (let i = 0; i < index.count; i++) {
          expect(index.ends[i]).toBeLessThanOrEqual(part.length);
          expect(index.afters[i]).toBeLessThanOrEqual(index.count);
        }
      }),
    );
  });

  it.each([
    ["", 0, "a value"],
    ['{"a":1', 6, "a comma or }"],
    ["[1 2]", 3, "a comma or ]"],
    ["{'a':1}", 1, "a key in double quotes"],
    ['{"a" 1}', 5, "a colon"],
    ["tru", 3, "true, false or null"],
    ["1 x", 2, "the end"],
    ['"a\nb"', 2, "a character that may stand in a string"],
    ['"ab', 3, "a closing quote"],
    ["-x", 1, "a digit"],
    ["[1,]", 3, "a value"],
  ])("says of %j where it is broken", (text, offset, expected) => {
    const reading = indexJson(bytes(text));

    expect(reading.kind === "broken" && [reading.offset, reading.expected]).toEqual([
      offset,
      expect.stringContaining(expected),
    ]);
  });

  it("takes any depth, and notes no more values than it is told to", () => {
    const deep = indexJson(bytes("[".repeat(200_000) + "]".repeat(200_000)), { maxValues: 1_000 });

    expect(deep.kind).toBe("whole");
    expect(deep.index).toMatchObject({ count: 1_000, hasMore: true });
    expect(deep.index.ends[0]).toBe(400_000);
    expect(deep.index.kinds[999]).toBe(JSON_KIND.array);
  });
});
