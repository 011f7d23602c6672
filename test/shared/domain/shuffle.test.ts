import fc from "fast-check";
import { expect, it } from "vitest";
import { shuffled } from "#shared/domain/shuffle.ts";

it("shuffles without losing or doubling any, the same way for the same seed", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (all, seed) => {
      const drawn = shuffled(all, seed);
      expect(drawn.toSorted((a, b) => a - b)).toEqual(all.toSorted((a, b) => a - b));
      expect(shuffled(all, seed)).toEqual(drawn);
    }),
  );
});

it("gives each place to each about as often", () => {
  const firsts = Array.from({ length: 4_000 }, (_, seed) => shuffled([0, 1, 2, 3], seed)[0] ?? 0);
  for (const one of [0, 1, 2, 3]) {
    const times = firsts.filter((first) => first === one).length;
    expect(times).toBeGreaterThan(850);
    expect(times).toBeLessThan(1_150);
  }
});
