import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddedHeaders } from "#shared/domain/named-target.ts";
import { formatHeaderLines, parseHeaderLines } from "../../../../src/renderer/features/forwarding/header-lines.ts";

describe("headers, one a line", () => {
  it("are read as they are written", () => {
    const name = fc
      .stringMatching(/^[A-Za-z][\w-]{0,8}$/)
      .filter((text) => AddedHeaders.safeParse([[text, ""]]).success);
    const value = fc.stringMatching(/^[!-~]([ -~]{0,8}[!-~])?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 4 }), (headers) => {
        expect(parseHeaderLines(formatHeaderLines(headers))).toEqual(headers);
      }),
    );
  });

  it.each(["no colon", ": no name", "bad name: x"])("are refused where one is none: %s", (text) => {
    expect(AddedHeaders.safeParse(parseHeaderLines(text)).success).toBe(false);
  });

  it("may have empty lines between them", () => {
    expect(parseHeaderLines("\nA: 1\n\n  \r\nB:2\n")).toEqual([
      ["A", "1"],
      ["B", "2"],
    ]);
  });
});
