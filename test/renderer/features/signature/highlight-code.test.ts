import { describe, expect, it } from "vitest";
import { Stack } from "#shared/domain/stack.ts";
import { highlightCode } from "../../../../src/renderer/features/signature/highlight-code.ts";
import { STACKS } from "../../../../src/renderer/features/signature/stacks.ts";

const kinds = (code: string, isHashComment = false) =>
  highlightCode(code, isHashComment)
    .filter(({ kind }) => kind !== "plain")
    .map(({ kind, text }) => [kind, text]);

describe("highlighted code", () => {
  it.each(Stack.options)("loses and adds nothing of the code for %s", (stack) => {
    const { code } = STACKS[stack];

    for (const isHashComment of [true, false]) {
      const pieces = highlightCode(code, isHashComment);
      expect(pieces.map(({ text }) => text).join("")).toBe(code);
    }
  });

  it("tells comments, strings and keywords apart, whichever begins first", () => {
    expect(kinds('const url = "http://x"; // return')).toEqual([
      ["keyword", "const"],
      ["string", '"http://x"'],
      ["comment", "// return"],
    ]);
    expect(kinds("if a # it's", true)).toEqual([
      ["keyword", "if"],
      ["comment", "# it's"],
    ]);
  });
});
