import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChanges } from "#core/hosts/cli/follow/changes.ts";
import { createGiven } from "#core/hosts/cli/follow/given.ts";

describe("what changes while somebody is busy asking", () => {
  it("is all taken, at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000), { minLength: 1 }), async (numbers) => {
        const changes = createChanges();
        for (const number of numbers) changes.note(number, number);

        expect(await changes.take()).toEqual({ from: Math.min(...numbers), to: Math.max(...numbers) });
      }),
    );
  });

  it("is waited for, and taken only once", async () => {
    const changes = createChanges();
    const first = changes.take();
    changes.note(3, 3);
    expect(await first).toEqual({ from: 3, to: 3 });

    const second = changes.take();
    changes.note(5, Number.POSITIVE_INFINITY);
    expect(await second).toEqual({ from: 5, to: Number.POSITIVE_INFINITY });
  });

  it("has an end, also for whoever waits then, and says what it ended with", async () => {
    const [quiet, broken] = [createChanges(), createChanges()];
    const [waiting, failing] = [quiet.take(), broken.take()];

    quiet.end();
    broken.end(new Error("drifted"));

    expect(await waiting).toBeNull();
    await expect(failing).rejects.toThrow("drifted");
    await expect(broken.take()).rejects.toThrow("drifted");
  });
});

describe("what was given", () => {
  it("is never given twice, however much it is", () => {
    const given = createGiven(5);
    for (let number = 6; number <= 100_000; number++) given.add(number);

    expect(given.has(5)).toBe(true);
    expect([6, 70_000, 100_000].map(given.has)).toEqual([true, true, true]);
    expect(given.has(100_001)).toBe(false);
    expect(given.floor).toBeGreaterThan(5);
  });

  it("leaves those between open that do not fit yet", () => {
    const given = createGiven(0);
    given.add(1);
    given.add(3);

    expect([1, 2, 3].map(given.has)).toEqual([true, false, true]);
  });
});
