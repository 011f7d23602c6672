import { describe, expect, it } from "vitest";
import { isTriesCardNeeded, nextWords } from "../../../../src/renderer/features/delivery-detail/tries.ts";
import { sampleDetail } from "../../samples.ts";

const answered = (status: number) => ({ answered: { status, ms: 1 } });

describe("what api.video does next", () => {
  it.each([
    [[answered(202)], /delivered and does not send it again/],
    [[answered(500), answered(204)], /delivered after 2 tries/],
    [[answered(301)], /301 means failed: api.video tries again/],
    [[answered(500), answered(500), answered(500)], /tries again/],
    [[answered(500), answered(500), answered(500), answered(404)], /404 means failed, and that was the last try/],
    [[answered(500), { answered: null }], /not documented/],
  ])("follows from what it was answered: %j", (tries, words) => {
    expect(nextWords(tries)).toMatch(words);
  });
});

describe("the card of the tries", () => {
  const one = { id: "d1", receivedAt: "2026-11-24T10:00:00.000Z", answered: { status: 202, ms: 1 } };

  it.each([
    ["a delivery that was accepted at once", {}, false],
    ["one that came twice", { tries: [one, one] }, true],
    ["one that was refused", { answered: { status: 500, ms: 1 } }, true],
    ["one that the user's own server answered", { answered: { status: 200, ms: 1, by: { kind: "relay" } } }, true],
    ["one that was edited here", { source: "edited", tries: [one, one] }, false],
    ["one that is not whole", { incomplete: "cut", answered: { status: 413, ms: 1 } }, false],
  ] as const)("for %s", (_, change, isNeeded) => {
    expect(isTriesCardNeeded(sampleDetail(change as object))).toBe(isNeeded);
  });
});
