import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleParts } from "../../../src/renderer/ui/visible-parts.ts";

describe("a sender's text", () => {
  it("is left alone where all of it can be seen", () => {
    expect(visibleParts("Début <b>é</b> 日本 👩‍🚀".replace("\u200d", ""))).toHaveLength(1);
  });

  it.each([
    ["\u0000", "\\x00", "U+0000"],
    ["\r", "\\r", "U+000D"],
    ["\u001b", "\\x1b", "U+001B"],
    ["\u202e", "\\u202e", "U+202E"],
    ["\u200b", "\\u200b", "U+200B"],
    ["\ufeff", "\\ufeff", "U+FEFF"],
    ["\ud800", "\\ud800", "U+D800"],
  ])("shows %j as a mark", (character, text, title) => {
    expect(visibleParts(`a${character}b`)).toEqual([
      { text: "a", isMark: false },
      { text, isMark: true, title },
      { text: "b", isMark: false },
    ]);
  });

  it("keeps lines and tabs of a payload", () => {
    expect(visibleParts("a\n\tb\r\n", true)).toEqual([
      { text: "a\n\tb", isMark: false },
      { text: "\\r", isMark: true, title: "U+000D" },
      { text: "\n", isMark: false },
    ]);
  });

  it("never lets a control or direction character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = visibleParts(text)
          .map((part) => part.text)
          .join("");
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });
});
