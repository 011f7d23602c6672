import { describe, expect, it } from "vitest";
import { pieces, receivedSpans, signedSpans } from "../../../../src/renderer/features/signature/byte-pieces.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (text: string, spans: { start: number; length: number }[]): [string, boolean][] =>
  pieces(bytes(text), spans, 2_000).map(({ text: piece, isMarked }) => [piece, isMarked]);

describe("bodies side by side", () => {
  it("mark what only one side has, with its white space made visible", () => {
    expect(texts('{ "a":1}', [{ start: 1, length: 1 }])).toEqual([
      ["{", false],
      ["·", true],
      ['"a":1}', false],
    ]);
  });

  it("count in bytes, as the evidence does", () => {
    const changes = [{ offset: 4, receivedBytes: 1, received: " ", signedOffset: 4, signedBytes: 2, signed: "é" }];

    expect(texts('"é" 1', receivedSpans(changes))).toEqual([
      ['"é"', false],
      ["·", true],
      ["1", false],
    ]);
    expect(texts('"é"é1', signedSpans(changes))[1]).toEqual(["é", true]);
  });

  it("begin near the first difference and end before they are too long to read", () => {
    const shown = texts("a".repeat(10_000), [{ start: 5_000, length: 1 }]);

    expect(shown.at(0)).toEqual(["… ", false]);
    expect(shown.at(-1)).toEqual([" …", false]);
    expect(shown.map(([text]) => text).join("").length).toBeLessThan(2_100);
  });

  it("write bytes that are no UTF-8, and halves of a character, as what they are", () => {
    const shown = pieces(Uint8Array.of(0x22, 0xff, 0xc3, 0xa9, 0xc3, 0x22), [{ start: 3, length: 1 }], 2_000);

    expect(shown.map(({ text }) => text)).toEqual(['"\\xff\\xc3', "\\xa9", '\\xc3"']);
  });

  it("show a body without differences as it is", () => {
    expect(texts("{}", [])).toEqual([["{}", false]]);
  });
});
