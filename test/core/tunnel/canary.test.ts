import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCanary } from "#core/tunnel/canary.ts";

describe("a canary", () => {
  it("is answered with what only our listener can know, also below a path of the public URL's own", () => {
    const canary = createCanary();
    const { body, expected } = canary.request();

    expect(canary.answer({ path: canary.path, body })).toBe(expected);
    expect(canary.answer({ path: `/prefix${canary.path}`, body })).toBe(expected);
  });

  it("is a delivery like any other where a single byte of it changed on the way", () => {
    const canary = createCanary();
    const { body } = canary.request();

    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const altered = Buffer.from(body);
        altered[place] = (altered[place] ?? 0) ^ change;
        expect(canary.answer({ path: canary.path, body: altered })).toBeNull();
      }),
    );
  });

  it("cannot be forged: not by another run, nor without a body, nor at another path", () => {
    const [ours, other] = [createCanary(), createCanary()];
    const { body } = ours.request();

    expect(ours.answer({ path: ours.path, body: other.request().body })).toBeNull();
    expect(ours.answer({ path: ours.path, body: Buffer.alloc(0) })).toBeNull();
    expect(ours.answer({ path: other.path, body })).toBeNull();
    expect(other.path).not.toBe(ours.path);
  });

  it("has another answer each time, so that none can be kept and given again", () => {
    const canary = createCanary();

    expect(canary.request().expected).not.toBe(canary.request().expected);
  });
});
