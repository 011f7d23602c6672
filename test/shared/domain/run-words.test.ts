import { expect, it } from "vitest";
import { comparisonLine, planWords, runLine } from "#shared/domain/run-words.ts";

const NONE = {
  accepted: 0,
  refused: 0,
  unreachable: 0,
  unsent: 0,
  fixed: 0,
  regressed: 0,
  same: 0,
  changed: 0,
  first: 0,
};

it("sums a run up in one line, and leaves out what there is none of", () => {
  const tally = { ...NONE, accepted: 120, refused: 8, fixed: 3, same: 125 };
  expect(runLine({ done: 128, total: 128, tally })).toBe("128 of 128: 120 accepted, 8 refused; 3 fixed, 125 same");
  expect(runLine({ done: 0, total: 9, tally: NONE })).toBe("0 of 9");
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
});
