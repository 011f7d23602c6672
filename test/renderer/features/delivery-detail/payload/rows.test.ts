import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBody } from "../../../../../src/renderer/features/delivery-detail/payload/body-reading.ts";
import { findText } from "../../../../../src/renderer/features/delivery-detail/payload/find-text.ts";
import {
  brokenWords,
  payloadWords,
} from "../../../../../src/renderer/features/delivery-detail/payload/payload-words.ts";
import { NO_MARKS } from "../../../../../src/renderer/features/delivery-detail/payload/pieces.ts";
import {
  exactSource,
  formattedSource,
  hexSource,
  type RowSource,
} from "../../../../../src/renderer/features/delivery-detail/payload/row-source.ts";
import { markMore } from "../../../../../src/renderer/features/delivery-detail/payload/use-marked-rows.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function exact(text: string, query = ""): RowSource {
  const reading = readBody(bytes(text), false);
  if (reading.kind === "binary") throw new Error("This is not text.");
  const index = reading.json?.index ?? null;
  return exactSource(bytes(text), reading.rows, index, query === "" ? NO_MARKS : findText(bytes(text), query, index));
}

function formatted(text: string): RowSource {
  const reading = readBody(bytes(text), false);
  if (reading.kind === "binary" || reading.json === null || reading.formatted === null) throw new Error("not JSON");
  return formattedSource(bytes(text), reading.json.index, reading.formatted, NO_MARKS);
}

const texts = (source: RowSource): string[] =>
  Array.from({ length: source.count }, (_, row) =>
    source
      .piecesOf(row, true)
      .map(({ text }) => text)
      .join(""),
  );

describe("a body as text", () => {
  it("is shown line by line, long lines in pieces, and no character is lost or cut in two", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constant("é".repeat(1_700)))), (parts) => {
        const text = parts.join("\n").toWellFormed();
        const source = exact(text);
        let shown = "";
        texts(source).forEach((row, i) => {
          shown += (i > 0 && source.marginOf(i) !== "" ? "\n" : "") + row;
        });
        expect(shown).toBe(text);
      }),
    );
  });

  it("numbers lines, not the pieces of one", () => {
    const source = exact(`${"x".repeat(1_000)}\nend`);

    expect(texts(source).map((text, row) => [source.marginOf(row), text.length])).toEqual([
      ["1", 400],
      ["", 400],
      ["", 200],
      ["2", 3],
    ]);
  });

  it("keeps its colours in a line that is cut, wherever the cut goes through", () => {
    const value = 'a:b,true,\\"1'.repeat(400);
    const source = exact(`{"${"k".repeat(600)}":"${value}","n":[12,null]}`);

    const kinds = Array.from({ length: source.count }, (_, row) => source.piecesOf(row, true).map(({ kind }) => kind));

    expect(kinds[0]).toEqual(["plain", "key"]);
    expect(kinds[1]).toEqual(["key", "plain", "string"]);
    for (const row of kinds.slice(2, -1)) expect(row).toEqual(["string"]);
    expect(kinds.at(-1)).toEqual([...["string", "plain", "key", "plain"], ...["literal", "plain", "literal", "plain"]]);
  });

  it("is of one colour where its pieces are too many to be told apart", () => {
    const text = `[${"1,".repeat(400)}1]`;
    const source = exact(text);

    const kinds = Array.from({ length: source.count }, (_, row) => source.piecesOf(row, true).map(({ kind }) => kind));

    expect(kinds).toEqual([["plain"], ["plain"], ["plain", "literal", "plain"]]);
    expect(texts(source).join("")).toBe(text);
  });

  it("marks what is looked for, over the edges of pieces too", () => {
    const found = exact('{"Type":"x","b":"type"}', "type")
      .piecesOf(0, true)
      .filter(({ isFound }) => isFound);

    expect(found.map(({ kind, text }) => [kind, text])).toEqual([
      ["key", "Type"],
      ["string", "type"],
    ]);
  });
});

describe("marks of what was found", () => {
  it("are drawn as far as a frame has time, from the top on, and all of them in the end", () => {
    const source = exact("1".repeat(1_000), "1");
    const inSight = [0, 1, 2];

    let { rows, isAll } = markMore(source, inSight, new Set());
    expect([[...rows], isAll]).toEqual([[0], false]);
    for (const expected of [[0, 1], inSight]) {
      ({ rows, isAll } = markMore(source, inSight, rows));
      expect([...rows]).toEqual(expected);
    }
    expect(isAll).toBe(true);
  });

  it("are drawn at once where there are few", () => {
    const source = exact(`a 1\n${"b\n".repeat(50)}1`, "1");

    expect(markMore(source, [0, 1, 51], new Set())).toEqual({ rows: new Set([0, 1, 51]), isAll: true });
    expect([0, 1, 51].map((row) => source.marksIn(row))).toEqual([1, 0, 1]);
  });
});

describe("formatted JSON", () => {
  it("has each member on a row of its own, as JSON.stringify writes it, where that loses nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect(texts(formatted(JSON.stringify(value))).join("\n")).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it("keeps every digit and every repeated key", () => {
    const text = '{"id":12345678901234567890,"n":1.0,"id":1e400,"__proto__":{}}';

    expect(texts(formatted(text)).join("").replaceAll(/\s/g, "")).toBe(text);
  });

  it("takes deep bodies without falling over", () => {
    const source = formatted("[".repeat(100_000) + "]".repeat(100_000));

    expect(source.count).toBe(199_999);
    expect(texts(source)[50_000]).toHaveLength(81);
  });

  it("finds the row of a byte", () => {
    const text = '{"a":{"b":1},"c":[2]}';
    const source = formatted(text);

    expect([..."1c2"].map((needle) => texts(source)[source.rowOf(text.indexOf(needle))]?.trim())).toEqual([
      '"b": 1',
      '"c": [',
      "2",
    ]);
  });
});

describe("bytes", () => {
  it("stand as hex beside what of them is text", () => {
    const source = hexSource(Uint8Array.of(0x7b, 0xff, 0x41));

    expect(source.marginOf(0)).toBe("00000000");
    expect(texts(source)[0]).toMatch(/^7b ff 41 +\{\.A$/);
  });
});

describe("what is said of a body", () => {
  it("names the line and the byte where JSON breaks", () => {
    const reading = readBody(bytes('{\n"a": tru }'), false);
    if (reading.kind === "binary" || reading.json?.kind !== "broken") throw new Error("It is not broken.");

    expect(brokenWords(reading.json, reading.rows)).toBe(
      "Not JSON: true, false or null was expected at line 2, byte 9 of it.",
    );
  });

  it("is not that a plain text, or a part of one, is broken JSON", () => {
    expect(payloadWords(readBody(bytes("plain"), false), "exact")).toBe("Not JSON: shown as it came.");
    expect(payloadWords(readBody(bytes("12 monkeys"), true), "exact")).toBe("Not JSON: shown as it came.");
  });

  it("is that it is binary where it is not UTF-8, but for a character that the end of a part cut in two", () => {
    expect(readBody(Uint8Array.of(0xff, 0xfe), false).kind).toBe("binary");
    expect(readBody(bytes("aé").subarray(0, 2), true).kind).toBe("text");
    expect(readBody(bytes("aé").subarray(0, 2), false).kind).toBe("binary");
  });
});

describe("the search in a body", () => {
  it("finds what indexOf finds", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", "é", '"') }),
        fc.string({ unit: fc.constantFrom("a", "b", "é"), minLength: 1 }),
        (text, query) => {
          const expected: number[] = [];
          for (let at = text.indexOf(query); at !== -1; at = text.indexOf(query, at + query.length)) {
            expected.push(bytes(text.slice(0, at)).length);
          }
          expect([...findText(bytes(text), query, null).offsets]).toEqual(expected);
        },
      ),
    );
  });

  it("finds what is written with escapes by what it stands for", () => {
    const text = '{"a":"x","b":"caf\\u00e9","caf\\u00e9":1}';
    const reading = readBody(bytes(text), false);
    const index = reading.kind === "text" ? (reading.json?.index ?? null) : null;

    expect([...findText(bytes(text), "CAFÉ", index).escapedValues]).toEqual([2, 3]);
    expect([...findText(bytes(text), "x", index).escapedValues]).toEqual([]);
  });
});
