import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextRing } from "#core/lib/text-ring.ts";

describe("a ring of texts", () => {
  it("gives back the last ones as they came, or says that some are gone", () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
        const ring = createTextRing({ count: 8, bytes: 100 });
        for (const one of texts) ring.push(one);

        const kept = texts.findIndex((_, from) => ring.after(from) !== null);
        for (const [from] of texts.entries()) {
          expect(ring.after(from)).toEqual(kept === -1 || from < kept ? null : texts.slice(from));
        }
        // A text has up to 32 bytes, so less than that is left unused at the end of the block.
        const last = texts.slice(-8);
        if (Buffer.byteLength(last.join("")) <= 40) expect(kept).toBeLessThanOrEqual(texts.length - last.length);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps as many as fit", () => {
    const ring = createTextRing({ count: 8, bytes: 100 });
    for (let n = 1; n <= 20; n++) ring.push(`text ${n}`);

    expect(ring.after(12)).toEqual([
      "text 13",
      "text 14",
      "text 15",
      "text 16",
      "text 17",
      "text 18",
      "text 19",
      "text 20",
    ]);
    expect(ring.after(11)).toBeNull();
    expect(ring.after(20)).toEqual([]);
    expect(ring.after(21)).toBeNull();
  });

  it("gives up the oldest for one that is long, and everything for one that is too long", () => {
    const ring = createTextRing({ count: 8, bytes: 100 });
    for (const one of ["a".repeat(30), "b".repeat(30), "c".repeat(30), "d".repeat(50)]) ring.push(one);
    expect(ring.after(2)).toEqual(["c".repeat(30), "d".repeat(50)]);
    expect(ring.after(1)).toBeNull();

    ring.push("e".repeat(101));
    expect(ring.after(5)).toEqual([]);
    expect(ring.after(4)).toBeNull();

    ring.push("f");
    expect(ring.after(5)).toEqual(["f"]);
  });

  it("is not led astray by empty ones", () => {
    const ring = createTextRing({ count: 8, bytes: 10 });
    for (const one of ["", "aaaaa", "bbbbb", "ccc"]) ring.push(one);

    expect(ring.after(2)).toEqual(["bbbbb", "ccc"]);
    expect(ring.after(1)).toBeNull();
  });

  it("goes on counting when it is cleared", () => {
    const ring = createTextRing({ count: 8, bytes: 100 });
    ring.push("one");
    ring.clear();
    ring.push("two");

    expect(ring.after(0)).toBeNull();
    expect(ring.after(1)).toEqual(["two"]);
  });
});
