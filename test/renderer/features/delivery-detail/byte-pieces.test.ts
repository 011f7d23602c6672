import { describe, expect, it } from "vitest";
import { pieces, receivedSpans, signedSpans } from "../../../../src/renderer/features/delivery-detail/byte-pieces.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (text: string, spans: { start: number; length: number }[]): [string, boolean][] =>
  pieces(bytes(text), spans).map(({ text: piece, isMarked }) => [piece, isMarked]);

describe("bodies side by side", () => {
  it("mark what only one side has, with its white space made visible", () => {
    expect(texts('{ "a":1}', [{ start: 1, length: 1 }])).toEqual([
      ["{", false],
      ["·", true],
      ['"a":1}', false],
    ]);
  });

  it("count in bytes, as the evidence does", () => {
    const changes = [{ offset: 4, received: " ", signedOffset: 4, signed: "é" }];

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

  it("show a body without differences as it is", () => {
    expect(texts("{}", [])).toEqual([["{}", false]]);
  });
});
