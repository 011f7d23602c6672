import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinQuery, splitQuery } from "#shared/search/edit-query.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import type { QueryTerm, TermTest } from "#shared/search/query.ts";

const testsOf = (query: string) => parseQuery(query).terms.map(withoutPlace);
const errorsOf = (query: string) =>
  parseQuery(query).errors.map(({ start, end, message }) => [query.slice(start, end), message]);

function withoutPlace({ start: _, end: __, ...test }: QueryTerm): TermTest & { isNegated: boolean } {
  return test;
}

/** Texts full of what the language gives a meaning to. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'-":=,\\ .[]\t', "sig:", "failed", "is:pinned", "a.b=", "é"),
      fc.string({ unit: "binary" }),
    ),
  )
  .map((parts) => parts.join(""));

describe("a search", () => {
  it("is words, quoted words, keys and paths, all of which must hold", () => {
    expect(
      testsOf('hls "rendition ready" type:live-stream sig:failed,unsigned quality=720p data.items[0].id=x'),
    ).toEqual([
      { kind: "text", text: "hls", isNegated: false },
      { kind: "text", text: "rendition ready", isNegated: false },
      { kind: "field", key: "type", values: ["live-stream"], isNegated: false },
      { kind: "field", key: "sig", values: ["failed", "unsigned"], isNegated: false },
      { kind: "path", path: "quality", values: ["720p"], isNegated: false },
      { kind: "path", path: "data.items[0].id", values: ["x"], isNegated: false },
    ]);
  });

  it("takes fifty different values in a term, and says which are too many", () => {
    const values = Array.from({ length: 52 }, (_, n) => `v${n}`);

    expect(errorsOf(`x type:${values.slice(0, 50).join()}`)).toEqual([]);
    expect(errorsOf(`x type:${values.join()} y`)).toEqual([
      ["v50,v51", "One term takes 50 different values at most: take these out."],
    ]);
    expect(errorsOf(`n=${values.join()}`)).toHaveLength(1);
    expect(errorsOf(`type:${Array(400).fill("v").join()}`)).toEqual([]);
  });

  it("takes the opposite of a term after a minus, but no minus inside a word or before another", () => {
    expect(testsOf("-sig:verified -720p re-serialised --x -").map(({ isNegated }) => isNegated)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("looks for what a body or address looks like, as it stands", () => {
    for (const text of [
      '"quality":"720p"',
      '"two words":"720p"',
      "https://example.com/a?b=1",
      "/hook?x=1",
      "14:02",
      "application/json",
    ]) {
      expect(testsOf(text)).toEqual([{ kind: "text", text, isNegated: false }]);
    }
  });

  it("has as a path what names a place in JSON, and as a text what does not", () => {
    for (const path of [
      "a",
      "é_$-1",
      "a.1",
      "a.b-c",
      "[0]",
      "[12].id",
      "[].id",
      "items[12].x",
      "items[][3]",
      "a[1][22]",
    ]) {
      expect(testsOf(`${path}=x`)).toEqual([{ kind: "path", path, values: ["x"], isNegated: false }]);
    }
    for (const text of ["1a=x", "a..b=x", "a.=x", ".a=x", "[x]=x", "a[b]=x", "a[1=x", "-=x", "=x"]) {
      expect(testsOf(text)).toEqual([expect.objectContaining({ kind: "text" })]);
    }
  });

  it("takes forms of statuses and ids in capitals as well", () => {
    expect(testsOf("status:5XX,None id:D12").flatMap((test) => ("values" in test ? test.values : []))).toEqual([
      ...["5xx", "none"],
      "d12",
    ]);
  });

  it("takes keys and listed values in capitals, and leaves texts as they are", () => {
    expect(testsOf("SIG:Failed Video:viABC")).toEqual([
      { kind: "field", key: "sig", values: ["failed"], isNegated: false },
      { kind: "field", key: "video", values: ["viABC"], isNegated: false },
    ]);
  });

  it("looks for or, and, not as words where they are no operators of other searches", () => {
    expect(testsOf('or and not Or "OR" ORDER "AND NOT" note:OR')).toEqual([
      ...["or", "and", "not", "Or", "OR", "ORDER", "AND NOT"].map((text) => ({ kind: "text", text, isNegated: false })),
      { kind: "field", key: "note", values: ["OR"], isNegated: false },
    ]);
    expect(formatTerm({ kind: "text", text: "OR" })).toBe('"OR"');
  });

  it("leaves a time as it was written", () => {
    expect(parseQuery("after:2026-11-24T14:02:00Z").terms.map(formatTerm)).toEqual(["after:2026-11-24T14:02:00Z"]);
  });

  it("takes quotes around values with spaces and commas, and an empty value of a body only in quotes", () => {
    expect(testsOf('note:"a, \\"b\\"",c title=""')).toEqual([
      { kind: "field", key: "note", values: ['a, "b"', "c"], isNegated: false },
      { kind: "path", path: "title", values: [""], isNegated: false },
    ]);
  });
});

describe("an error in a search", () => {
  it.each([
    ["x sig:fialed y", "fialed", /sig: does not take “fialed”\. It takes verified, failed, unsigned or unchecked\./],
    ["stauts:500", "stauts:", /no key “stauts:”\. Did you mean status:\?$/],
    ["answer:500", "answer:", /no key “answer:”\. Did you mean status:\?$/],
    ["Signature:failed", "Signature:", /no key “signature:”\. Did you mean sig:\?$/],
    ["localhost:3000", "localhost:", /Keys are type, sig,.*quotes around it/],
    ["status:5000", "5000", /a class \(5xx\)/],
    ["status:200,abc", "abc", /“abc”/],
    ["after:soon", "soon", /a time ago \(10m, 2h, 3d\)/],
    ["after:1h,2h", ",2h", /one time only/],
    ["after:1h,2h,3h x", ",2h,3h", /one time only/],
    ["id:vi1", "vi1", /an id such as d12/],
    ["is:new", "new", /pinned, noted/],
    ["cause:", "cause:", /missing after “cause:”/],
    ["sig:failed,", ",", /missing after “,”/],
    ['note:""', 'note:""', /missing/],
    ["a quality= b", "quality=", /missing after “quality=”/],
    ['note:"a"b', "b", /After the closing quote/],
    ['note:"a"b,c d', "b,c", /After the closing quote/],
    ['quality="never ends', '"never ends', /not closed/],
    ['x note:a,"never ends', '"never ends', /not closed/],
    ['x "never ends', '"never ends', /not closed/],
    ["--- x", "---", /no letter or digit/],
    ["sig:failed OR sig:unsigned", "OR", /OR is not a word of this search.*sig:failed,unsigned.*quotes/],
    ["hls AND 720p", "AND", /a space is enough.*quotes/],
    ["hls NOT 720p", "NOT", /-720p.*quotes/],
    ["-OR", "-OR", /OR is not/],
  ])("%s points at %s", (query, place, message) => {
    expect(errorsOf(query)).toEqual([[place, expect.stringMatching(message)]]);
  });

  it("leaves the other terms readable, and does not hide a second error", () => {
    expect(testsOf("is:pinned sig:x 720p cause:y")).toHaveLength(2);
    expect(errorsOf("is:pinned sig:x 720p cause:y").map(([place]) => place)).toEqual(["x", "y"]);
  });

  it("knows what was most likely meant", () => {
    const meant = (query: string) => parseQuery(query).errors.map((error) => error.meant);

    expect(meant("stauts:1 sig:Fialed,unsinged is:pined cause:x x:y")).toEqual([
      "status:",
      "failed",
      "unsigned",
      "pinned",
      undefined,
      undefined,
    ]);
  });

  it("guesses nothing where nothing is near", () => {
    expect(parseQuery("sig:x").errors).toStrictEqual([{ start: 4, end: 5, message: expect.any(String) }]);
  });

  it("repeats a text of forty characters, and of a longer one their beginning", () => {
    expect(errorsOf(`is:${"x".repeat(40)}`)[0]?.[1]).toContain(`“${"x".repeat(40)}”`);
    expect(errorsOf(`is:${"x".repeat(41)}`)[0]?.[1]).toContain(`“${"x".repeat(40)}…”`);
  });

  it("repeats only the beginning of a long text", () => {
    expect(errorsOf(`sig:${"x".repeat(900)}`)[0]?.[1]?.length).toBeLessThan(200);
  });
});

describe("any text", () => {
  it("is read without a throw, with places inside of it and in order", () => {
    fc.assert(
      fc.property(hostileText, (query) => {
        const { terms, errors } = parseQuery(query);
        for (const spans of [terms, errors]) {
          let last = 0;
          for (const { start, end } of spans) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(query.length);
            last = end;
          }
        }
        for (const term of terms) expect(testsOf(query.slice(term.start, term.end))).toEqual([withoutPlace(term)]);
      }),
    );
  });

  it("means the same after it was written anew", () => {
    fc.assert(
      fc.property(hostileText, (query) => {
        const { terms } = parseQuery(query);
        const again = terms.map(formatTerm).join(" ");
        expect(parseQuery(again)).toMatchObject({ errors: [] });
        expect(testsOf(again)).toEqual(terms.map(withoutPlace));
      }),
    );
  });

  it("can be looked for, as words and as a value", () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (text, isNegated) => {
        const asValue = { kind: "path", path: "a.b[0]", values: [text, "x"], isNegated } as const;
        expect(testsOf(formatTerm(asValue))).toEqual([asValue]);
        const asWords = { kind: "text", text: `${text}1`, isNegated } as const;
        expect(testsOf(formatTerm(asWords))).toEqual([asWords]);
      }),
    );
  });

  it("loses nothing when its terms become chips", () => {
    fc.assert(
      fc.property(hostileText, (query) => {
        const joined = joinQuery(splitQuery(query));
        const sorted = (text: string) => parseQuery(text).terms.map(formatTerm).sort();
        expect(sorted(joined)).toEqual(sorted(query));
        expect(errorsOf(joined)).toEqual(errorsOf(query));
        expect(joinQuery(splitQuery(joined))).toBe(joined);
      }),
    );
  });
});
