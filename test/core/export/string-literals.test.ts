import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LITERALS, pythonBytes } from "#core/export/string-literals.ts";
import { times } from "../../helpers/fuzz.ts";
import { RUN_HERE, RUNNERS, runCode } from "./run-code.ts";

/** What ends a string, or is run, looked up or left out within one, in any of the languages. */
const MEANT = [
  ..."'\"`\\$#{}%\n\r\t\0\b\f\v\u001a\u001b\u007f\u0085\u00ff\u2028\u2029\u202e\ufeff\uffff\u{1f600}\u{10ffff}",
  ..."\x24{exit(7)} #{exit(7)} #$0 #@a {$argv} $argv[0] \\' \\\\' \\\" \\\n */ // ?> <?php".split(" "),
  ..."\\u0022 \\u{22} \\x22 \\42 \\N{DASH} @@__STRINGIFY_OBJECT_PAD__@@ value-0000-".split(" "),
];
const hostile = fc.string({ unit: fc.oneof(fc.constantFrom(...MEANT), fc.string({ unit: "binary", maxLength: 1 })) });
const manyTexts = fc.array(hostile, { minLength: 200, maxLength: 300, size: "max" });

describe.each(RUN_HERE)("a text in %s", (language) => {
  const bytes = language === "python" ? [{ form: "bytes", literal: pythonBytes }] : [];
  const forms = [{ form: "a string", literal: LITERALS[language] }, ...bytes];

  it.each(forms)("is the same again as $form of printable ASCII", { timeout: times(120_000) }, async ({ literal }) => {
    // Many texts in one program, of which a compiler is slow to make one.
    await fc.assert(
      fc.asyncProperty(manyTexts, async (some) => {
        const texts = [...MEANT, ...some];
        const literals = texts.map(literal);
        const printed = await runCode(language, RUNNERS[language].print(literals));

        expect(literals.join("")).toMatch(/^[\x20-\x7e]*$/);
        expect(printed.split(/\r?\n/).slice(0, -1)).toEqual(texts.map((text) => Buffer.from(text).toString("hex")));
      }),
      { numRuns: times(2) },
    );
  });
});
