import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSameBody, type Reaction, verdictBetween } from "#shared/domain/verdict.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const answer = (status: number, body?: string): Reaction => ({
  status,
  reason: null,
  ...(body && { body: bytes(body) }),
});
const noAnswer = (reason: string): Reaction => ({ status: null, reason });

describe("the verdict between two reactions", () => {
  it.each([
    [answer(500), answer(200), "fixed"],
    [noAnswer("refused"), answer(204), "fixed"],
    [answer(302), answer(299), "fixed"],
    [answer(200), answer(500), "regressed"],
    [answer(200), answer(301), "regressed"],
    [answer(201), noAnswer("timeout"), "regressed"],
    [answer(200), answer(200), "same"],
    [answer(404), answer(404), "same"],
    [noAnswer("refused"), noAnswer("refused"), "same"],
    [answer(200), answer(202), "changed"],
    [answer(500), answer(404), "changed"],
    [answer(500), noAnswer("reset"), "changed"],
    [noAnswer("refused"), noAnswer("tls"), "changed"],
    [null, answer(200), "first"],
    [null, noAnswer("dns"), "first"],
  ] as const)("%j → %j is %s", (before, after, verdict) => {
    expect(verdictBetween(before, after, null)).toBe(verdict);
    expect(verdictBetween(before, after, { ignore: [] })).toBe(verdict);
  });

  it.each([
    ['{"a":1,"b":2}', '{ "b": 2.0, "a": 1 }', [], "same"],
    ['{"a":1}', '{"a":2}', [], "changed"],
    ['{"a":1,"at":"x"}', '{"a":1,"at":"y"}', ["at"], "same"],
    ['{"items":[{"id":1},{"id":2}]}', '{"items":[{"id":3},{"id":4}]}', ["items[*].id"], "same"],
    ['{"items":[{"id":1,"n":1}]}', '{"items":[{"id":3,"n":2}]}', ["items[*].id"], "changed"],
    ['{"meta":{"a":1}}', '{"meta":{}}', ["meta"], "same"],
    ["text", "text", [], "same"],
    ["text", "text ", ["*"], "changed"],
    ["", '{"a":1}', ["a"], "changed"],
  ] as const)("of bodies %s → %s without %j is %s", (before, after, ignore, verdict) => {
    expect(verdictBetween(answer(200, before), answer(200, after), { ignore })).toBe(verdict);
    expect(verdictBetween(answer(200, before), answer(200, after), null)).toBe("same");
  });

  const reaction = fc.oneof(
    fc.integer({ min: 100, max: 599 }).map((status) => answer(status)),
    fc.constantFrom("refused", "reset", "timeout", "dns", "tls", "protocol").map(noAnswer),
  );

  it("is same for equal ones, and turned round by turning them round", () => {
    const opposite = { fixed: "regressed", regressed: "fixed", same: "same", changed: "changed", first: "first" };
    fc.assert(
      fc.property(reaction, reaction, (one, other) => {
        expect(verdictBetween(one, one, null)).toBe("same");
        expect(verdictBetween(other, one, null)).toBe(opposite[verdictBetween(one, other, null)]);
      }),
    );
  });

  it("of any bytes at all is same with themselves and never breaks", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
        expect(isSameBody(one, Uint8Array.from(one), { ignore: [] })).toBe(true);
        expect(isSameBody(one, other, { ignore: ["*"] })).toBe(isSameBody(other, one, { ignore: ["*"] }));
      }),
    );
  });

  it("of any JSON does not depend on how it is spaced, nor on paths that are ignored", () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (one, other) => {
        const spaced = JSON.stringify(JSON.parse(one), null, 2);
        const wrap = (value: string) => bytes(`{"kept":1,"ignored":${value}}`);
        expect(isSameBody(wrap(one), wrap(spaced), { ignore: [] })).toBe(true);
        expect(isSameBody(wrap(one), wrap(other), { ignore: ["ignored"] })).toBe(true);
      }),
    );
  });
});
