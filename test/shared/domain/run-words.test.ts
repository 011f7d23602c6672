import { expect, it } from "vitest";
import { NO_RESULTS } from "#shared/domain/run.ts";
import { comparisonLine, planWords, runLine } from "#shared/domain/run-words.ts";

it("sums a run up in one line, and leaves out what there is none of", () => {
  const tally = { ...NO_RESULTS, accepted: 120, refused: 8, fixed: 3, same: 125 };
  expect(runLine({ done: 128, total: 128, tally, options: {} })).toBe(
    "128 of 128: 120 accepted, 8 refused; 3 fixed, 125 same",
  );
  expect(runLine({ done: 0, total: 9, tally: NO_RESULTS, options: {} })).toBe("0 of 9");
});

it("says of a run with a fault what was as it should be", () => {
  const tally = { ...NO_RESULTS, accepted: 3, refused: 9, expected: 9, first: 12 };
  const options = { fault: { kind: "wrong-secret", every: 1 } } as const;
  expect(runLine({ done: 12, total: 12, tally, options })).toBe(
    "12 of 12: 3 accepted, 9 refused; 9 as they should be, 3 not; 12 with nothing to compare",
  );
  const wrong = { ...NO_RESULTS, accepted: 3 };
  expect(runLine({ done: 3, total: 3, tally: wrong, options })).toBe("3 of 3: 3 accepted; 3 not as they should be");
  expect(planWords(12, { target: "3000", order: "received", pacing: "asap", concurrency: 1, ...options })).toBe(
    "12 deliveries to 3000, in order, as fast as possible, one at a time, with a fault in each: signed with a wrong secret",
  );
});

it("sums a comparison up in one line", () => {
  const none = { fixed: 0, regressed: 0, same: 0, changed: 0, "only-before": 0, "only-after": 0 };
  expect(comparisonLine({ ...none, fixed: 3, regressed: 1, same: 12, "only-after": 2 })).toBe(
    "3 fixed, 1 regressed, 12 same, 2 only in the second",
  );
  expect(comparisonLine(none)).toBe("Neither run has a result");
});

it.each([
  [{ order: "received", pacing: "asap", concurrency: 4 }, "in order, as fast as possible, 4 at a time"],
  [{ order: "shuffled", pacing: "original", concurrency: 1 }, "shuffled, with the gaps they came with, one at a time"],
  [{ order: "received", pacing: { intervalMs: 250 }, concurrency: 1 }, "in order, one every 250 ms, one at a time"],
  [
    { order: "received", pacing: { factor: 2 }, concurrency: 1 },
    "in order, with the gaps they came with × 2, one at a time",
  ],
] as const)("says what will happen: %j", (options, words) => {
  expect(planWords(128, { target: "http://localhost:3000", ...options })).toBe(
    `128 deliveries to http://localhost:3000, ${words}`,
  );
  expect(planWords(1, { target: null, ...options })).toBe(`1 delivery where the routes say, ${words}`);
});
