import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_DRAWN_CHARS } from "../../../../src/renderer/features/compare/compare-messages.ts";
import { compareTexts } from "../../../../src/renderer/features/compare/compare-texts.ts";

const lines = (count: number, changed: (line: number) => boolean) =>
  Array.from({ length: count }, (_, line) => `line ${line} ${changed(line) ? "xxxx" : "same"}`).join("\n");

describe("two texts", () => {
  it("are laid out anew only where both are JSON and that is wished", () => {
    const [before, after] = ['{"a":1}', '{"a":2}'];

    expect(compareTexts({ before, after }, true)).toMatchObject({ before: '{\n  "a": 1\n}', isFormatted: true });
    expect(compareTexts({ before, after }, false)).toMatchObject({ before, after, isFormatted: false });
    expect(compareTexts({ before, after: "{" }, true)).toMatchObject({ before, after: "{", canFormat: false });
  });

  it("that are long are drawn from shortly before the first difference on, with the lines' own numbers", () => {
    const [before, after] = [lines(20_000, () => false), lines(20_000, (line) => line === 9_000 || line === 9_002)];
    const part = compareTexts({ before, after }, true);

    expect(part.isPart).toBe(true);
    expect(part.before.length).toBeLessThanOrEqual(MAX_DRAWN_CHARS);
    expect(part.before.startsWith(`line ${part.firstLine - 1} same`)).toBe(true);
    expect(part.after).toContain("line 9002 xxxx");
    expect(part.changes.length).toBe(8);
  });

  it("that are one long line are drawn in part too", () => {
    const [before, after] = [
      `${"x".repeat(200_000)}a${"y".repeat(200_000)}`,
      `${"x".repeat(200_000)}b${"y".repeat(200_000)}`,
    ];
    const part = compareTexts({ before, after }, true);

    expect(part).toMatchObject({ firstLine: 1, isPart: true });
    expect(part.changes).toHaveLength(4);
    expect(part.before.length).toBeLessThanOrEqual(MAX_DRAWN_CHARS);
  });

  it("are the same outside of what is marked, and never without a mark", () => {
    const text = fc.array(fc.constantFrom("a", "b", "é", "\n", "👍"), { maxLength: 60 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { changes } = compareTexts({ before, after }, false);
        expect(unmarked(before, changes, 0)).toBe(unmarked(after, changes, 2));
        expect(changes.length === 0).toBe(before === after);
      }),
    );
  });
});

/** What is left of a text without its changes, whose ends stand at `offset` and behind it in each four numbers. */
function unmarked(text: string, changes: Uint32Array, offset: number): string {
  let [rest, at] = ["", 0];
  for (let change = offset; change < changes.length; change += 4) {
    rest += text.slice(at, changes[change]);
    at = changes[change + 1] ?? 0;
  }
  return rest + text.slice(at);
}
