import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allHelp, REFERENCE, reference } from "../../scripts/reference.mjs";

/** Lines of a terminal that is not small. */
const SCREEN = 50;

describe("the help of the commands", () => {
  it.each(allHelp())("of $name fits on a screen, and shows an example", ({ help, isGroup }) => {
    expect(help.split("\n").length).toBeLessThanOrEqual(SCREEN);
    if (!isGroup) expect(help).toMatch(/Examples?:/);
  });

  it("is what docs/commands.md says (else: npm run reference)", () => {
    expect(readFileSync(REFERENCE, "utf8")).toBe(reference());
  });
});
