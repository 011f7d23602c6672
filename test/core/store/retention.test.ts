import { describe, expect, it, vi } from "vitest";
import type { Store } from "#core/store/store.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { clock, newDelivery, openTestStore, rowsIn } from "./test-store.ts";

const NO_LIMIT = 2 ** 40;

/** One after the other, so that each is a commit of its own, with the times of all answers. */
async function addAnswered(store: Store, count: number, size: (n: number) => number = () => 10): Promise<void> {
  for (let n = 0; n < count; n++) {
    const state = n % 2 === 0 ? "verified" : "unsigned";
    const more = { verification: { state }, rawHeaders: [] } as const;
    const { answered } = await store.append(newDelivery(Buffer.alloc(size(n), "a"), more));
    answered(clock.now());
  }
}

describe("retention", () => {
  it("leaves of what it takes away no content, attempt, time or word, and all of what it keeps", async () => {
    using dir = tempDir();
    {
      await using store = await openTestStore(dir.path);
      await addAnswered(store, 20);
      for (const deliveryId of ["d1", "d20"]) {
        const outcome = { kind: "unreachable", reason: "refused", message: "x" } as const;
        await store.addAttempt({ deliveryId, kind: "replay", target: "http://x", startedAt: 1, ms: 1, outcome });
      }
      expect((await store.list("aaaaaaaaaa", {}, 1)).total).toBe(20);

      await store.setLimits({ maxDeliveries: 6, maxBytes: NO_LIMIT });
      await vi.waitFor(() => expect(store.counts.total).toBe(6));

      expect(store.counts).toMatchObject({ verified: 3, unsigned: 3, pinned: 0 });
      expect((await store.list("aaaaaaaaaa", {}, 10)).items.map(({ id }) => id)).toEqual(
        [20, 19, 18, 17, 16, 15].map((n) => `d${n}`),
      );
      expect(await store.get("d15")).toMatchObject({ timings: { committedMs: expect.any(Number) } });
      expect(await store.get("d20")).toMatchObject({ attempts: [{ deliveryId: "d20" }] });
    }

    expect(rowsIn(dir.path)).toEqual({ deliveries: 6, contents: 6, attempts: 1, commits: 6, search_docsize: 6 });
  });

  it("keeps as many as the bytes allow, and counts the same after a restart", async () => {
    using dir = tempDir();
    const limits = { maxDeliveries: 1_000, maxBytes: 10_000 };
    let kept: unknown;
    {
      await using store = await openTestStore(dir.path);
      await addAnswered(store, 60, (n) => (n === 49 ? 3_000 : 990));

      await store.setLimits(limits);
      await vi.waitFor(() => expect(store.counts.bytes).toBeLessThanOrEqual(limits.maxBytes));

      // Headers and path count as well: "[]" and "/hook". Ten of the last are 9 970 bytes, the one before them is too large.
      expect(store.counts).toMatchObject({ total: 10, bytes: 9_970 });
      kept = { ...store.counts };
    }

    await using store = await openTestStore(dir.path, { limits });
    expect(store.counts).toEqual(kept);
  });

  it("takes many small ones away at a time, so that it keeps up with what arrives", async () => {
    using dir = tempDir();
    const slices: number[] = [];
    await using store = await openTestStore(dir.path, { onRemoved: (ids) => slices.push(ids.length) });
    await addAnswered(store, 60);

    await store.setLimits({ maxDeliveries: 1_000, maxBytes: 17 });
    await vi.waitFor(() => expect(store.counts.total).toBe(1));

    expect(slices.reduce((sum, length) => sum + length)).toBe(59);
    expect(slices.length).toBeLessThan(10);
  });

  it("leaves alone what is pinned, and what was deleted and may come back", async () => {
    using dir = tempDir();
    const gone: string[] = [];
    await using store = await openTestStore(dir.path, { onRemoved: (ids) => gone.push(...ids) });
    await addAnswered(store, 10);
    await store.setPinned("d1", true);
    await store.setPinned("d3", true);
    await store.hide(["d2"]);

    await store.setLimits({ maxDeliveries: 1, maxBytes: NO_LIMIT });
    await vi.waitFor(() => expect(store.counts.total).toBe(3));

    expect(gone).toEqual(["d4", "d5", "d6", "d7", "d8", "d9"]);
    expect(store.counts).toMatchObject({ pinned: 2 });
    expect(await store.restore(["d2"])).toEqual(["d2"]);
    // It is the older one of the two that may go.
    await vi.waitFor(() => expect(gone).toContain("d2"));
    expect((await store.append(newDelivery("next"))).id).toBe("d11");
  });
});
