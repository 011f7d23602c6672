import { describe, expect, it } from "vitest";
import { findChanges } from "#shared/compare/find-changes.ts";
import type { Attempt } from "#shared/domain/attempt.ts";
import { listChanges } from "../../../../src/renderer/features/compare/compare-sides.ts";
import { summaryWords } from "../../../../src/renderer/features/compare/compare-words.ts";
import type { IgnoreRules } from "../../../../src/renderer/state/app-state.ts";
import { answerSide, type ComparedSide, deliverySide } from "../../../../src/renderer/state/compared-side.ts";
import { sampleDetail } from "../../samples.ts";

const NONE: IgnoreRules = { ids: false, times: false, paths: [] };
const compareSides = (before: ComparedSide, after: ComparedSide, rules: IgnoreRules) =>
  listChanges(findChanges(before, after), rules);
const COUNT_ALL = (before: ComparedSide, after: ComparedSide) => compareSides(before, after, NONE);

function delivery(body: string | Uint8Array, headers: [string, string][] = []): ComparedSide {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return deliverySide(sampleDetail({ headers, bodyBytes: bytes.length }), bytes);
}

describe("two deliveries", () => {
  it("that are the same say so", () => {
    const found = COUNT_ALL(delivery('{"a":1}'), delivery('{"a":1}'));

    expect(found.body.result).toBe("same");
    expect(summaryWords(found)).toBe("No difference.");
  });

  it("that differ in white space alone say so, which a signature minds", () => {
    const found = COUNT_ALL(delivery('{"a":1,"b":2}'), delivery('{"a":1, "b":2}'));

    expect(found.body.result).toBe("spaced");
    expect(found.facts.counted).toMatchObject([{ path: "Size" }]);
    expect(summaryWords(found)).toBe("1 difference besides white space in the body.");
    expect(summaryWords({ ...found, counted: 0 })).toBe("No difference besides white space in the body.");
  });

  it("with the same values written differently are no less different", () => {
    const found = COUNT_ALL(delivery('{"price":1.10}'), delivery('{"price":1.1 }'));

    expect(found.body).toMatchObject({ result: "json", counted: [{ kind: "rewritten", path: "price" }] });
    expect(summaryWords(found)).toBe("1 difference.");
  });

  it("are compared header by header, whatever the case, repeats one by one", () => {
    const before = delivery("", [
      ["X-A", "1"],
      ["Via", "one"],
      ["via", "two"],
    ]);
    const after = delivery("", [
      ["x-a", "1"],
      ["via", "one"],
      ["VIA", "three"],
    ]);

    expect(COUNT_ALL(before, after).headers.counted).toEqual([
      { kind: "changed", path: "via #2", before: "two", after: "three", ignoredAs: null },
    ]);
  });

  it("that are no text, or too large, are told apart all the same", () => {
    const large = new Uint8Array(1024 * 1024 + 1);

    expect(COUNT_ALL(delivery(Uint8Array.of(0xff)), delivery(Uint8Array.of(0xfe))).body.result).toBe("binary");
    expect(COUNT_ALL(delivery(large), delivery(large.slice(1))).body.result).toBe("too-large");
    expect(COUNT_ALL(delivery("a"), delivery("b"))).toMatchObject({ body: { result: "text" }, counted: 1 });
  });

  it("that are too large are called neither the same nor different", () => {
    const large = delivery(new Uint8Array(1024 * 1024 + 1));
    const cut = { ...large, body: large.body.slice(1) };

    expect(summaryWords(COUNT_ALL(large, cut))).toBe(
      "No difference besides the bodies, which are too large to compare.",
    );
  });

  it("with more changes than anybody reads are counted in full, and listed in part", () => {
    const many = (value: number) => delivery(JSON.stringify(Array.from({ length: 300 }, () => value)));
    const { body, counted } = COUNT_ALL(many(1), many(2));

    expect(body.counted).toHaveLength(100);
    expect([body.countedCount, counted]).toEqual([300, 300]);
  });

  it("of which only a part was fetched are never called the same", () => {
    const cut = { ...delivery("abc"), bodyBytes: 10 };

    expect(COUNT_ALL(cut, cut).body.result).toBe("too-large");
  });
});

describe("what is ignored", () => {
  const before = delivery('{"videoId":"vi4blUQJFrYWbaG44NChkH27","emittedAt":"2026-11-24T14:02:27Z","quality":"240p"}');
  const after = delivery('{"videoId":"vi3sb3r7sMb1cT9kQqQ1YzVw","emittedAt":"2026-11-24T14:03:11Z","quality":"480p"}');
  const paths = (rules: Partial<IgnoreRules>) =>
    compareSides(before, after, { ...NONE, ...rules }).body.counted.map(({ path }) => path);

  it("are ids, times and paths, each only where asked for", () => {
    expect(paths({})).toEqual(["videoId", "emittedAt", "quality"]);
    expect(paths({ ids: true })).toEqual(["emittedAt", "quality"]);
    expect(paths({ times: true })).toEqual(["videoId", "quality"]);
    expect(paths({ paths: ["quality"] })).toEqual(["videoId", "emittedAt"]);
  });

  it("is counted, and never hidden without a word", () => {
    const found = compareSides(before, after, { ids: true, times: true, paths: ["quality"] });

    expect(summaryWords(found)).toBe("No difference that counts, 3 ignored.");
  });

  it("is not what only sounds like it", () => {
    const one = delivery('{"valid":"a","format":"b","paid":"c"}');
    const other = delivery('{"valid":"x","format":"y","paid":"z"}');

    expect(compareSides(one, other, { ids: true, times: true, paths: [] }).body.counted).toMatchObject([
      { ignoredAs: null },
      { ignoredAs: null },
      { ignoredAs: null },
    ]);
  });

  it("takes a star for any one step, and all that lies below", () => {
    const one = delivery('{"metadata":[{"value":{"a":1}},{"value":{"a":2}}]}');
    const other = delivery('{"metadata":[{"value":{"a":3}},{"value":{"a":4}}]}');

    expect(compareSides(one, other, { ...NONE, paths: ["metadata[*].value"] })).toMatchObject({
      counted: 0,
      ignored: 2,
    });
  });
});

describe("two answers", () => {
  const answer = (status: number, body: string, change: Partial<Attempt> = {}): ComparedSide =>
    answerSide(sampleDetail(), {
      id: "a1",
      deliveryId: "d1",
      kind: "replay",
      target: "http://localhost:3000/",
      startedAt: "2026-11-24T14:02:27.904Z",
      ms: 6,
      outcome: { kind: "answered", status, headers: [], bodyBase64: btoa(body), bodyBytes: body.length },
      ...change,
    });

  it("differ in status and body", () => {
    const found = COUNT_ALL(answer(500, '{"error":"no"}'), answer(200, '{"ok":true}'));

    expect(found.facts.counted).toMatchObject([{ path: "Answer", before: "500", after: "200" }, { path: "Size" }]);
    expect(found.body.counted.map(({ kind, path }) => `${kind} ${path}`)).toEqual(["removed error", "added ok"]);
  });

  it("may be one that never came", () => {
    const none = answer(0, "", { outcome: { kind: "unreachable", reason: "refused", message: "Nobody listens." } });

    expect(COUNT_ALL(none, answer(200, "ok")).facts.counted[0]).toMatchObject({
      before: "Nobody listens.",
      after: "200",
    });
  });
});
