import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJson } from "../../../../src/renderer/features/compare/format-json.ts";

describe("formatted JSON", () => {
  it("puts each member on a line of its own", () => {
    expect(formatJson('{"a":[1,{"b":[]}],"c":{}}')).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": []\n    }\n  ],\n  "c": {}\n}',
    );
  });

  it("keeps every digit and every repeated key", () => {
    const text = '{"id":12345678901234567890,"n":1.0,"id":1e400}';

    expect(formatJson(text)?.replaceAll(/\s/g, "")).toBe(text);
  });

  it("means the same as the text it was made from", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(formatJson(text) ?? "")).toEqual(JSON.parse(text));
      }),
    );
  });

  it("looks like JSON.stringify's own where that loses nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(formatJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it.each(["", "{", "plain text", "{'a':1}", "<html>"])("is none for %j", (text) => {
    expect(formatJson(text)).toBeNull();
  });

  it("takes deep and long bodies without falling over", () => {
    expect(() => formatJson("[".repeat(200_000) + "]".repeat(200_000))).not.toThrow();
    const long = JSON.stringify({ text: "x\\".repeat(3_000_000) });
    expect(formatJson(long)).toHaveLength(long.length + "\n  ".length + " ".length + "\n".length);
  });
});
