import { describe, expect, it } from "vitest";
import { arrivalWords } from "../../../src/renderer/features/frame/arrival-words.ts";

const none = { total: 0, verified: 0, failed: 0, unsigned: 0, unchecked: 0, bytes: 0 };

describe("what is announced", () => {
  it("sums up what came, failures apart", () => {
    expect(arrivalWords(none, { ...none, total: 1, verified: 1 })).toBe("1 new delivery");
    expect(arrivalWords(none, { ...none, total: 3, failed: 1 })).toBe("3 new deliveries, 1 failed");
  });

  it("is silent when nothing came or some were deleted", () => {
    expect(arrivalWords(none, none)).toBe("");
    expect(arrivalWords({ ...none, total: 5 }, { ...none, total: 4 })).toBe("");
  });
});
