import { Text } from "@codemirror/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTexts } from "../../../../src/renderer/features/compare/compare-texts.ts";
import { type CutText, cutLines, withoutCuts } from "../../../../src/renderer/features/compare/cut-lines.ts";

const cut = (before: string, after: string) => cutLines(compareTexts({ before, after }, false));
const toDoc = ({ text }: CutText): Text => Text.of(text.split("\n"));

describe("long lines of compared texts", () => {
  it("are cut at the same places, which makes no difference", () => {
    const part = fc.constantFrom("a", "\n", "👍", "x".repeat(399), "y".repeat(700));
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { before: old, after: now, changes } = cut(before, after);

        let [atOld, atNow] = [0, 0];
        for (let at = 0; at <= changes.length; at += 4) {
          const same = old.text.slice(atOld, changes[at]);
          expect(now.text.slice(atNow, changes[at + 2])).toBe(same);
          [atOld, atNow] = [changes[at + 1] ?? 0, changes[at + 3] ?? 0];
        }
        for (const side of [old, now]) {
          expect(side.text.isWellFormed()).toBe(true);
          for (const line of side.text.split("\n")) expect(line.length).toBeLessThanOrEqual(401);
        }
      }),
    );
  });

  it("keep their numbers, and are whole again when they are copied", () => {
    const long = "x".repeat(900);
    const { after } = cut(`one\n${long}\ntwo`, `one\n${long}\n2`);

    expect(after.lineNumbers).toEqual([1, 2, 0, 0, 3]);
    expect(withoutCuts(toDoc(after), 0, after.text.length, after.lineNumbers)).toBe(`one\n${long}\n2`);
    expect(withoutCuts(toDoc(after), 5, 410, after.lineNumbers)).toBe("x".repeat(404));
  });
});
