import { describe, expect, it, vi } from "vitest";
import { tempDir } from "../../helpers/temp-dir.ts";
import { addMany, newDelivery, openTestStore } from "./test-store.ts";

describe("what goes from the store", () => {
  it("counts what is pinned, through deletion, restoring, clearing and a restart", async () => {
    using dir = tempDir();
    {
      await using store = await openTestStore(dir.path);
      await addMany(store, 5);
      await store.setPinned("d1", true);
      await store.setPinned("d2", true);
      await store.setPinned("d2", true);
      expect(store.counts).toMatchObject({ total: 5, pinned: 2 });
      await store.hide(["d1", "d5"]);
      expect(store.counts).toMatchObject({ total: 3, pinned: 1 });
      await store.restore(["d1"]);
      expect(store.counts).toMatchObject({ total: 4, pinned: 2 });
      await store.clear();
      expect(store.counts).toMatchObject({ total: 2, pinned: 2 });
      await store.setPinned("d2", false);
    }

    await using store = await openTestStore(dir.path);

    expect(store.counts).toMatchObject({ total: 2, pinned: 1 });
  });

  it("lets the oldest go when there are too many, but never a pinned one, and says which", async () => {
    using dir = tempDir();
    const removed: string[] = [];
    await using store = await openTestStore(dir.path, {
      limits: { maxDeliveries: 100, maxBytes: 2 ** 31 },
      onRemoved: (ids) => removed.push(...ids),
    });
    await store.append(newDelivery("first"));
    await store.setPinned("d1", true);

    await addMany(store, 300);

    await vi.waitFor(() => expect(store.counts.total).toBe(101), { timeout: 5_000 });
    expect(await store.summary("d1")).toBeDefined();
    expect(await store.summary("d2")).toBeUndefined();
    expect(removed).toHaveLength(200);
    expect((await store.list("body", {}, 1)).total).toBe(100);
  });

  it("lets the oldest go when the bytes are too many", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path, { limits: { maxDeliveries: 100_000, maxBytes: 50_000 } });

    await addMany(store, 100, () => ({ body: Buffer.alloc(1_000, 1) }));

    await vi.waitFor(() => expect(store.counts.bytes).toBeLessThanOrEqual(50_000), { timeout: 5_000 });
    expect(store.counts.total).toBeGreaterThan(40);
  });

  it("hides deleted deliveries, brings them back, and forgets them with the next start", async () => {
    using dir = tempDir();
    {
      await using store = await openTestStore(dir.path);
      await addMany(store, 3);
      expect(await store.hide(["d2", "d3", "d99", "nonsense"])).toEqual(["d2", "d3"]);
      expect((await store.list("body", {}, 10)).items.map((item) => item.id)).toEqual(["d1"]);
      expect(await store.restore(["d2"])).toEqual(["d2"]);
      expect((await store.list("body", {}, 10)).items.map((item) => item.id)).toEqual(["d2", "d1"]);
      expect(store.counts.total).toBe(2);
    }

    await using store = await openTestStore(dir.path);

    expect(await store.restore(["d3"])).toEqual([]);
    expect((await store.append(newDelivery("next"))).id).toBe("d4");
  });

  it("clears all but the pinned and never uses an id twice", async () => {
    using dir = tempDir();
    {
      await using store = await openTestStore(dir.path);
      await addMany(store, 450);
      await store.setPinned("d7", true);
      expect(await store.clear()).toBe(449);
      expect(store.counts.total).toBe(1);
    }

    await using store = await openTestStore(dir.path);

    expect((await store.append(newDelivery("next"))).id).toBe("d451");
  });
});
