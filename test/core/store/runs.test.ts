import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "#core/store/store.ts";
import type { RunOptions } from "#shared/domain/run.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { newDelivery, openTestStore } from "./test-store.ts";

const START = Date.parse("2026-01-01T00:00:00Z");
const ALL = { deliveries: 1_000, bytes: 2 ** 30 };

const runOf = (options: Partial<RunOptions> = {}) => ({
  options: { target: "3000", order: "received", pacing: "asap", concurrency: 1, ...options } as const,
});

let dir: ReturnType<typeof tempDir>;
let store: Store;

beforeEach(async () => {
  dir = tempDir();
  store = await openTestStore(dir.path);
  // The second came before the first, as an imported one may have; the third is not whole.
  for (const [seconds, more] of [[10], [0], [5, { incomplete: "cut" }], [40]] as const) {
    await store.append(newDelivery(`body ${seconds}`, { receivedAt: START + seconds * 1_000, ...more }));
  }
});

afterEach(async () => {
  await store[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

describe("the deliveries of a run", () => {
  it.each([
    ["asap", [0, 0, 0]],
    ["original", [0, 10_000, 40_000]],
    [{ factor: 0.5 }, [0, 5_000, 20_000]],
    [{ intervalMs: 250 }, [0, 250, 500]],
  ] as const)(
    "are those that are whole, in the order of their receipt, each due at its time: %j",
    async (pacing, due) => {
      const { id, total, leftOut } = await store.runs.create(runOf({ pacing }), { query: "" });

      const ahead = await store.runs.ahead(id, 0, ALL);

      expect(ahead.map(({ deliveryId }) => deliveryId)).toEqual(["d2", "d1", "d4"]);
      expect(ahead.map(({ offsetMs }) => offsetMs)).toEqual(due);
      expect({ total, leftOut }).toEqual({ total: 3, leftOut: 1 });
    },
  );

  it("take the places in time of those that came where they are shuffled, the same way for the same seed", async () => {
    const order = async (seed: number) => {
      const { id } = await store.runs.create(runOf({ order: "shuffled", seed, pacing: "original" }), { query: "" });
      const ahead = await store.runs.ahead(id, 0, ALL);
      expect(ahead.map(({ offsetMs }) => offsetMs)).toEqual([0, 10_000, 40_000]);
      return ahead.map(({ deliveryId }) => deliveryId).join();
    };

    expect(await order(1)).toBe(await order(1));
    const orders = await Promise.all(Array.from({ length: 20 }, (_, seed) => order(seed)));
    expect(new Set(orders).size).toBeGreaterThan(2);
  });

  it("stay the same whatever arrives later", async () => {
    const { id } = await store.runs.create(runOf(), { query: "after:2020-01-01" });
    await store.append(newDelivery("later"));
    expect(await store.runs.ahead(id, 0, ALL)).toHaveLength(3);
  });

  it("are read in parts of bounded number and size, but for one that is larger than that by itself", async () => {
    for (let n = 0; n < 4; n++)
      await store.append(newDelivery(Buffer.alloc(1_000), { receivedAt: START + 50_000 + n }));
    const { id } = await store.runs.create(runOf(), { query: "" });
    const partsOf = async (deliveries: number, bytes: number) => {
      const parts: number[] = [];
      for (let after = 0; ; ) {
        const part = await store.runs.ahead(id, after, { deliveries, bytes });
        const last = part.at(-1);
        if (last === undefined) return parts;
        parts.push(part.length);
        after = last.seq;
      }
    };

    expect(await partsOf(2, 2 ** 30)).toEqual([2, 2, 2, 1]);
    expect(await partsOf(100, 2_100)).toEqual([5, 2]);
    expect(await partsOf(100, 10)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it("are refused where none is whole", async () => {
    await expect(store.runs.create(runOf(), { ids: ["d3"] })).rejects.toMatchObject({ code: "input.invalid" });
    await expect(store.runs.create(runOf(), { query: "is:incomplete" })).rejects.toMatchObject({
      code: "input.invalid",
    });
    expect(await store.runs.list()).toEqual([]);
  });
});

it("forgets a removed run with the next start, and never uses its number again", async () => {
  const { id } = await store.runs.create(runOf(), { query: "" });
  expect(await store.runs.hide(id)).toBe(true);
  expect(await store.runs.hide(id)).toBe(false);
  await store[Symbol.asyncDispose]();

  store = await openTestStore(dir.path);

  expect(await store.runs.restore(id)).toBeUndefined();
  expect((await store.runs.results(id, { skip: 0, limit: 10 })).total).toBe(0);
  expect((await store.runs.create(runOf(), { query: "" })).id).toBe("b2");
});
