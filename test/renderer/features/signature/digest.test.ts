import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SignatureEncoding } from "#shared/domain/verification.ts";
import {
  countDifferences,
  digestGroups,
  strangePlaces,
  toHex,
} from "../../../../src/renderer/features/signature/digest.ts";

const DIGEST = "8c0c69533c84b000354b3e0fca7d674b5ee1f0102770f30755f205c2ee33a9ac";
const BASE64 = Buffer.from(DIGEST, "hex").toString("base64");

const textOf = (text: string, other: string | null = null) =>
  digestGroups(text, other).map((runs) => runs.map((run) => run.text).join(""));

describe("a digest", () => {
  it("is read in groups of eight digits", () => {
    expect(textOf(DIGEST)).toEqual(DIGEST.match(/.{8}/g));
  });

  it("shows which of its digits differ from another's at their places", () => {
    const [group] = digestGroups("aaaaaaaa", "abbaaaaa");

    expect(group).toEqual([
      { offset: 0, text: "a", differs: false },
      { offset: 1, text: "aa", differs: true },
      { offset: 3, text: "aaaaa", differs: false },
    ]);
  });

  it("differs where the other one has ended", () => {
    expect(digestGroups("abc", "a")).toEqual([
      [
        { offset: 0, text: "a", differs: false },
        { offset: 1, text: "bc", differs: true },
      ],
    ]);
  });

  it("is counted against another one, and against nothing else", () => {
    expect(countDifferences(DIGEST, DIGEST)).toBe(0);
    expect(countDifferences(DIGEST, `f${DIGEST.slice(1)}`)).toBe(1);
    expect(countDifferences(DIGEST, DIGEST.toUpperCase())).toBeNull();
    expect(countDifferences(null, DIGEST)).toBeNull();
  });

  it.each<[string, SignatureEncoding[]]>([
    [` ${DIGEST}\t`, ["whitespace"]],
    [`sha256=${DIGEST}`, ["prefix"]],
    [DIGEST.toUpperCase(), ["uppercase"]],
    [BASE64, ["base64"]],
    [BASE64.replace("=", ""), ["base64"]],
    [BASE64.replaceAll("+", "-").replaceAll("/", "_"), ["base64url"]],
    [` sha256:${DIGEST.toUpperCase()}`, ["whitespace", "prefix", "uppercase"]],
  ])("is read out of %j", (text, encodings) => {
    expect(toHex(text, encodings)).toBe(DIGEST);
  });
});

describe("what comes instead of a digest", () => {
  it("stays in one piece, with its spaces and what nobody sees made visible", () => {
    expect(textOf("<sig> \u202e\n")).toEqual(["<sig>·\\u202e\\n"]);
  });

  it("has its strange characters named by their places", () => {
    expect(strangePlaces("ab<Cd")).toEqual([2, 3]);
  });

  it("never breaks the page, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 1_000 }), fc.option(fc.string()), (text, other) => {
        expect(digestGroups(text, other).flat().length).toBeLessThanOrEqual(256);
        expect(textOf(text).join("")).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
      }),
    );
  });
});
