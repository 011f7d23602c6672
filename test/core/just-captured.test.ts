import { describe, expect, it } from "vitest";
import { createJustCaptured } from "#core/just-captured.ts";
import type { NewDelivery } from "#core/store/stored-delivery.ts";

const MIB = 1024 * 1024;

function delivery(change: Partial<NewDelivery> = {}): NewDelivery {
  return {
    ...{ receivedAt: 0, lastByteAt: 0, verifiedAt: 0, source: "received", method: "POST", path: "/hook", type: null },
    ...{ subject: {}, verification: { state: "unsigned" }, status: 202, rawHeaders: ["X-A", "1", "x-a", "2"] },
    body: Buffer.from("{}"),
    ...change,
  };
}

/** Keeps these, which get the ids d1, d2, … */
async function keeping(...deliveries: readonly NewDelivery[]) {
  const captured = createJustCaptured();
  let last = 0;
  const append = captured.keeping(async () => {
    last += 1;
    return { id: `d${last}`, committedAt: 0, answered() {} };
  });
  for (const one of deliveries) await append(one);
  return captured;
}

describe("what was just captured", () => {
  it("is given as it came, once", async () => {
    const captured = await keeping(delivery());

    expect(captured.take("d1")).toEqual({
      method: "POST",
      path: "/hook",
      headers: [
        ["X-A", "1"],
        ["x-a", "2"],
      ],
      body: Buffer.from("{}"),
    });
    expect(captured.take("d1")).toBeUndefined();
  });

  it("is not what came in part only", async () => {
    const captured = await keeping(delivery({ incomplete: "cut" }));

    expect(captured.take("d1")).toBeUndefined();
  });

  it("is the last fifty, and of large ones fewer", async () => {
    const many = await keeping(...Array.from({ length: 51 }, () => delivery()));
    const large = await keeping(...Array.from({ length: 3 }, () => delivery({ body: Buffer.alloc(3 * MIB) })));
    const largest = await keeping(delivery({ body: Buffer.alloc(9 * MIB) }));

    expect([many.take("d1"), many.take("d2") !== undefined]).toEqual([undefined, true]);
    expect([large.take("d1"), large.take("d2") !== undefined]).toEqual([undefined, true]);
    expect(largest.take("d1")).toBeUndefined();
  });

  it("goes when everything is erased", async () => {
    const captured = await keeping(delivery());

    captured.follow({ seq: 1, name: "reset", payload: {} });

    expect(captured.take("d1")).toBeUndefined();
  });

  it.each([
    [["d1"], [false, true]],
    [null, [false, false]],
  ])("goes with what is deleted: %j", async (ids, expected) => {
    const captured = await keeping(delivery(), delivery());

    captured.follow({ seq: 1, name: "delivery.removed", payload: { ids } });

    expect([captured.take("d1") !== undefined, captured.take("d2") !== undefined]).toEqual(expected);
  });
});
