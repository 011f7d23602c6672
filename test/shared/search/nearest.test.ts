import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOneSlipOff, nearest } from "#shared/search/nearest.ts";

const letters = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(..."abcdefgh"), minLength: min, maxLength: max });

/** A word and the same with one slip of the fingers in it, made of letters that no word has where it needs new ones. */
const slipped = fc
  .tuple(letters(4, 12), fc.nat(), fc.constantFrom("add", "lose", "change", "swap"))
  .map(([word, n, how]) => {
    const at = n % (word.length - 1);
    const [before, here, next, rest] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
    const parts = { add: ["x", here, next], lose: [next], change: ["x", next], swap: [next, here] }[how];
    return { word, slip: `${before}${parts.join("")}${rest}` };
  });

describe("the nearest of some words", () => {
  it("is one that is a slip of the fingers off, or two", () => {
    fc.assert(
      fc.property(slipped, ({ word, slip }) => {
        expect(nearest(slip, ["zzzzzzzzzzzz", word])).toBe(word);
        expect(nearest(`${slip}x`, [word])).toBe(word);
        expect(isOneSlipOff(slip, word)).toBe(true);
      }),
    );
  });

  it("is none that is three letters off, be they others, too many or too few", () => {
    fc.assert(
      fc.property(letters(6, 12), (word) => {
        expect(nearest(`${word}xyz`, [word])).toBeUndefined();
        expect(nearest(`xyz${word.slice(3)}`, [word])).toBeUndefined();
        expect(nearest(word, [`${word}xyz`])).toBeUndefined();
        expect(isOneSlipOff(`xy${word.slice(2)}`, word)).toBe(false);
      }),
    );
  });

  it("is the one that is least off, and the first of those that are as near", () => {
    expect(nearest("pinnd", ["pinxx", "pinned", "pinnxd"])).toBe("pinned");
    expect(nearest("pinxx", ["pinab", "pinx"])).toBe("pinx");
    expect(nearest("noten", ["noted", "notes"])).toBe("noted");
  });

  it("is less than half of a short word off", () => {
    expect(nearest("a", ["b"])).toBeUndefined();
    expect(nearest("ab", ["ax"])).toBe("ax");
    expect(nearest("abc", ["axy"])).toBeUndefined();
    expect(nearest("abcd", ["abxy"])).toBe("abxy");
    expect(nearest("", ["a"])).toBeUndefined();
  });

  it("is found of a word of any length without looking at all of it", () => {
    const long = "a".repeat(40);

    expect(nearest(`${long}${"b".repeat(900)}`, [long])).toBe(long);
    expect(nearest(`${long}b`, [`${long}c`])).toBe(`${long}c`);
    expect(nearest(`${"a".repeat(39)}bcd`, [`${"a".repeat(39)}bcd`])).toBe(`${"a".repeat(39)}bcd`);
  });
});

describe("one slip of the fingers", () => {
  it("is no swap where only one of two letters is the other's", () => {
    expect(isOneSlipOff("abcd", "bacd")).toBe(true);
    expect(isOneSlipOff("abcd", "bxcd")).toBe(false);
    expect(isOneSlipOff("abcd", "xacd")).toBe(false);
  });

  it("may be in what begins a word", () => {
    expect(isOneSlipOff("copt", "copy address")).toBe(true);
    expect(isOneSlipOff("cpoy", "copy address")).toBe(true);
    expect(isOneSlipOff("cop ad", "copy address")).toBe(true);
    expect(isOneSlipOff("copyy ad", "copy address")).toBe(true);
    expect(isOneSlipOff("copy", "copy address")).toBe(true);
    expect(isOneSlipOff("cxpt", "copy address")).toBe(false);
    expect(isOneSlipOff("address", "copy address")).toBe(false);
  });
});
