import fc from "fast-check";
import { expect, it } from "vitest";
import { tracesIn } from "./traces.ts";

it("finds a text in whatever carries it, and nothing where it is not", () => {
  const carriers: ((text: string) => string | Buffer)[] = [
    (text) => text,
    (text) => Buffer.from(`\0${text}\0`),
    (text) => JSON.stringify({ a: `x${text}` }),
    (text) => new URL(`http://x/?a=${encodeURIComponent(text)}`).href,
    (text) => new URLSearchParams({ a: text }).toString(),
    (text) => Buffer.from(text).toString("hex"),
    (text) => Buffer.from(`user:${text}`).toString("base64"),
    (text) => Buffer.from(`ab${text}:`).toString("base64"),
    (text) => Buffer.from(`abc${text}cd`).toString("base64url"),
  ];
  const ends = fc.constantFrom("+/", "é", '"', "?&=", "");
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{20,40}$/), ends, fc.constantFrom(...carriers), (text, end, carry) => {
      const carried = carry(text + end);

      expect(tracesIn(carried, { it: text + end, other: `${[...text].reverse().join("")}z` })).toEqual(["it"]);
    }),
  );
});
