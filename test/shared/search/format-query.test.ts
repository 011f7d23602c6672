import { describe, expect, it } from "vitest";
import { formatTerm, quote } from "#shared/search/format-query.ts";

describe("a term of a search, written anew", () => {
  it.each([
    ["hls", "hls", "-hls"],
    ["https://example.com/a?b=1", "https://example.com/a?b=1", "-https://example.com/a?b=1"],
    ['"quality":"720p"', '"quality":"720p"', '-"quality":"720p"'],
    ["or", "or", "-or"],
    ["x-", "x-", "-x-"],
    ["--x", "--x", '-"--x"'],
    ["-x", '"-x"', '-"-x"'],
    ["OR", '"OR"', '-"OR"'],
    ["two words", '"two words"', '-"two words"'],
    [" x", '" x"', '-" x"'],
    ["x ", '"x "', '-"x "'],
    ["sig:failed", '"sig:failed"', '-"sig:failed"'],
    ["a=b", '"a=b"', '-"a=b"'],
    ["", '""', '-""'],
    ['"', '"\\""', '-"\\""'],
    ['"open', '"\\"open"', '-"\\"open"'],
    ['"closed"', '"\\"closed\\""', '-"\\"closed\\""'],
    ["a\\ b", '"a\\\\ b"', '-"a\\\\ b"'],
  ])("is, of the text %j, without quotes where it can be: %s", (text, written, negated) => {
    expect(formatTerm({ kind: "text", text })).toBe(written);
    expect(formatTerm({ kind: "text", text, isNegated: false })).toBe(written);
    expect(formatTerm({ kind: "text", text, isNegated: true })).toBe(negated);
  });

  it("has its values behind its key or path, with quotes around those that need them", () => {
    const values = ["a", "b c", "d,e", '"f', 'g"h', "", "i\tj", "-k"];
    const written = 'a,"b c","d,e","\\"f",g"h,"","i\tj",-k';

    expect(formatTerm({ kind: "field", key: "note", values })).toBe(`note:${written}`);
    expect(formatTerm({ kind: "path", path: "a[0].b", values, isNegated: true })).toBe(`-a[0].b=${written}`);
  });

  it("has quotes and backslashes of a quoted text marked", () => {
    expect(quote('say "\\"')).toBe('"say \\"\\\\\\""');
  });
});
