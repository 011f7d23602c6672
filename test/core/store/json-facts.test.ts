import { describe, expect, it } from "vitest";
import { factWords, wordsFor } from "#core/store/json-facts.ts";

const knows = (body: unknown, path: string, value: string) => {
  const facts = factWords(JSON.stringify(body));
  return wordsFor(path, value).some((word) => facts.includes(word));
};

describe("the values of a body", () => {
  it("are left out where the path to them is longer than anybody looks for", () => {
    const numbers = Array.from({ length: 1_000 }, (_, n) => n);

    expect(factWords(JSON.stringify({ ["k".repeat(240_000)]: numbers }))).toEqual([]);
    expect(knows({ ["k".repeat(240_000)]: numbers, n: 1 }, "n", "1")).toBe(true);
    expect(knows({ ["k".repeat(200)]: 1 }, "k".repeat(200), "1")).toBe(true);
  });

  it("are taken until their length is spent", () => {
    const texts = Array.from({ length: 900 }, (_, n) => `${n}${"x".repeat(1_000)}`);

    const count = factWords(JSON.stringify(Object.fromEntries(texts.map((text, n) => [`k${n}`, text])))).length;

    expect(count).toBeGreaterThan(60);
    expect(count).toBeLessThan(66);
    expect(knows({ long: "x".repeat(100_000), n: 1 }, "n", "1")).toBe(true);
  });

  it("are found by a number however it is written, but by nothing that only begins like one", () => {
    expect(knows({ n: 1 }, "n", "1.0")).toBe(true);
    expect(knows({ n: 100 }, "n", "1e2")).toBe(true);
    expect(knows({ n: 0.1 }, "n", "0.10")).toBe(true);
    expect(knows({ d: "2026-11-24" }, "d", "2026-11-24")).toBe(true);
    expect(knows({ d: "NaN" }, "d", "2026-11-24")).toBe(false);
    expect(knows({ d: "12345678901234567000" }, "d", "12345678901234567890")).toBe(false);
    expect(knows({ d: "Infinity" }, "d", "1e999")).toBe(false);
  });

  it("are found by a number that is too long for a double exactly as it is written, and by no other", () => {
    const facts = factWords(
      '{"id":12345678901234567890,"pi":3.14159265358979323846,"one":1.0000000000000000000,"e":-12345678901234567e3}',
    );
    const has = (path: string, value: string) => wordsFor(path, value).some((word) => facts.includes(word));

    expect(has("id", "12345678901234567890")).toBe(true);
    expect(has("id", "12345678901234567891")).toBe(false);
    expect(has("id", "12345678901234567000")).toBe(false);
    expect(has("pi", "3.14159265358979323846")).toBe(true);
    expect(has("pi", "3.141592653589793")).toBe(false);
    expect(has("one", "1")).toBe(true);
    expect(has("e", "-12345678901234567e3")).toBe(true);
  });

  it("are found beside a long number as they would be without it", () => {
    const facts = factWords('{"id":12345678901234567890,"n":1.0,"list":[{"a":"x"}],"big":100000000000000000000}');
    const has = (path: string, value: string) => wordsFor(path, value).some((word) => facts.includes(word));

    expect(has("n", "1")).toBe(true);
    expect(has("list[].a", "x")).toBe(true);
    expect(has("big", "1e20")).toBe(true);
    expect(has("big", "100000000000000000000")).toBe(true);
  });
});
