import { describe, expect, it } from "vitest";
import { byteChanges } from "#core/verification/byte-changes.ts";

type Change = [offset: number, received: string, signedOffset: number, signed: string];

describe("the changes between two writings", () => {
  it.each<[string, string, string, Change[]]>([
    ["only the middle of a token", "abXcd", "abYZcd", [[2, "X", 2, "YZ"]]],
    ["only the end of a token", "[ab]", "[abc]", [[3, "", 3, "c"]]],
    ["only the start of a token", "[cab]", "[ab]", [[1, "c", 1, ""]]],
    ["a string as a whole", '{"a":"one two","b":1}', '{"a":"three","b":1}', [[6, "one two", 6, "three"]]],
    ["a string with marks in it", '["a,]b"]', '["c"]', [[2, "a,]b", 2, "c"]]],
    ["a string with an escaped quotation mark", '["a\\" b"]', '["c"]', [[2, 'a\\" b', 2, "c"]]],
    ["a string with an escaped backslash at its end", '["a\\\\" ,1]', '["a\\\\",1]', [[6, " ", 6, ""]]],
    ["a string that never ends", '["a b', '["a c', [[4, "b", 4, "c"]]],
    ["a string that only begins", 'x"', 'x"x"', [[2, "", 2, 'x"']]],
    ["a string right after a word", 'x"a b"', 'x"c"', [[2, "a b", 2, "c"]]],
    ["a word right after a string", '"a"x', '"a"y', [[3, "x", 3, "y"]]],
    ["a line feed", "1\n2", "1 2", [[1, "\n", 1, " "]]],
    ["a carriage return", "1\r2", "1 2", [[1, "\r", 1, " "]]],
    ["a tab", "1\t2", "1 2", [[1, "\t", 1, " "]]],
    ["a byte order mark", "\ufeff[1]", "[1]", [[0, "\ufeff", 0, ""]]],
    ["a character that starts like a byte order mark", "！", "a", [[0, "！", 0, "a"]]],
    [
      "a byte order mark inside",
      '1,\ufeff"a b"',
      '1,"c"',
      [
        [2, "\ufeff", 2, '"c"'],
        [5, '"a b"', 5, ""],
      ],
    ],
    ["white space at the end", "[1] \n", "[1]", [[3, " \n", 3, ""]]],
    ["all of it where nothing was signed", "[", "", [[0, "[", 0, ""]]],
    ["nothing", '{ "a" : 1 }', '{ "a" : 1 }', []],
  ])("are %s", (_, received, signed, expected) => {
    const { changes, moreChanges } = byteChanges(Buffer.from(received), Buffer.from(signed));

    expect(
      changes.map((change): Change => [change.offset, change.received, change.signedOffset, change.signed]),
    ).toEqual(expected);
    expect(moreChanges).toBe(false);
  });

  it("say how long each is, and show its first 64 bytes", () => {
    const received = Buffer.from(`["${"a".repeat(100)}"]`);

    expect(byteChanges(received, Buffer.from(`["${"b".repeat(64)}"]`)).changes).toEqual([
      {
        offset: 2,
        receivedBytes: 100,
        received: "a".repeat(64),
        signedOffset: 2,
        signedBytes: 64,
        signed: "b".repeat(64),
      },
    ]);
  });

  it.each([
    [50, false],
    [51, true],
  ])("are fifty at most: of %i there are more is %s", (count, moreChanges) => {
    const list = (value: number) => Buffer.from(JSON.stringify(Array.from({ length: count }, () => value)));

    const shown = byteChanges(list(1), list(2));

    expect(shown.changes).toHaveLength(50);
    expect(shown.moreChanges).toBe(moreChanges);
  });
});
