import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { createAppendQueue } from "#core/store/append-queue.ts";
import { createDatabase, type Limits } from "#core/store/database.ts";
import { DATABASE_FILE } from "#core/store/open-database.ts";
import { toFilter } from "#core/store/search-conditions.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { clock, newDelivery, rowsIn } from "./test-store.ts";

const ROOM: Limits = { maxDeliveries: 100_000, maxBytes: 2 ** 40 };
const SIZE = 10;
/** A body, its headers, "[]", and its path, "/hook". */
const KEPT_BYTES = SIZE + 2 + 5;

/** What runs in the store's thread, in this one, so that each slice of its work can be looked at. */
function openHere(dataDir: string, limits = ROOM) {
  const database = createDatabase(dataDir, limits);
  const queue = createAppendQueue({
    clock,
    // As from another thread, the answer comes later.
    send: (batch) =>
      queueMicrotask(() => {
        for (const { firstRow, repeats } of database.append([batch])) queue.appended(firstRow, repeats);
      }),
  });
  return {
    database,
    calls: database.calls,
    counts: database.counts,
    async add(count: number, size = SIZE): Promise<string[]> {
      const body = Buffer.alloc(size, "a");
      const added = Array.from({ length: count }, () => queue.append(newDelivery(body)));
      return (await Promise.all(added)).map(({ id, answered }) => {
        answered(clock.now());
        return id;
      });
    },
    find: (query: string) => database.calls.list(toFilter(query, 0), {}, 10).items.map(({ id }) => id),
    /** How many went with each slice, until nothing is to be done. */
    work(): number[] {
      const slices: number[] = [];
      for (let more = true; more && slices.length < 1_000; ) {
        const step = database.work(1_000);
        slices.push(step.removed.length);
        more = step.more;
      }
      return slices;
    },
    async [Symbol.asyncDispose]() {
      await queue.drained();
      database.close();
    },
  };
}

const ids = (...numbers: number[]) => numbers.map((n) => `d${n}`);

describe("the store's work between deliveries", () => {
  it("erases no more than two hundred at a time, the oldest first, and the index has its turn in between", async () => {
    using dir = tempDir();
    await using here = openHere(dir.path);
    await here.add(250);
    here.work();

    here.calls.setLimits({ ...ROOM, maxDeliveries: 10 });
    const first = here.database.work(1_000);
    const rest = here.work();

    expect(first.removed.length).toBeLessThanOrEqual(200);
    expect(first.removed[0]).toBe("d1");
    expect(rest[0]).toBe(0);
    expect(first.removed.length + rest.reduce((sum, length) => sum + length)).toBe(240);
    expect(here.counts).toMatchObject({ total: 10, verified: 10, bytes: 10 * KEPT_BYTES });
    expect(here.calls.holdings()).toMatchObject({ deliveries: 10 });
  });

  it("erases just as many as are too many, by number and by bytes", async () => {
    using dir = tempDir();
    await using here = openHere(dir.path);
    await here.add(20);

    here.calls.setLimits({ maxDeliveries: 18, maxBytes: 20 * KEPT_BYTES });
    here.work();
    expect(here.counts.total).toBe(18);
    here.calls.setLimits({ maxDeliveries: 20, maxBytes: 15 * KEPT_BYTES });
    expect(here.work()).toContain(3);
    expect(here.counts.total).toBe(15);
    here.calls.setLimits({ maxDeliveries: 15, maxBytes: 15 * KEPT_BYTES - 1 });
    here.work();
    expect(here.counts.total).toBe(14);
    here.calls.setLimits({ maxDeliveries: 12, maxBytes: 13 * KEPT_BYTES });
    expect(here.work()).toContain(2);
    expect(here.counts.total).toBe(12);
    expect(here.work()).toEqual([0]);
  });

  it("takes few of them at a time where they are large, so that what arrives is written in between", async () => {
    using dir = tempDir();
    await using here = openHere(dir.path);
    for (let n = 0; n < 40; n++) await here.add(1, 3 * 2 ** 20);
    here.work();

    here.calls.setLimits({ ...ROOM, maxDeliveries: 2 });
    const slices = here.work();

    expect(Math.max(...slices)).toBeLessThan(38);
    expect(here.counts.total).toBe(2);
  });

  it("leaves no content, time or word of what it erased", async () => {
    using dir = tempDir();
    {
      await using here = openHere(dir.path);
      for (let n = 0; n < 20; n++) await here.add(1);
      here.work();
      here.calls.setLimits({ ...ROOM, maxDeliveries: 6 });
      here.work();
    }

    expect(rowsIn(dir.path)).toEqual({ deliveries: 6, contents: 6, attempts: 0, commits: 6, search_docsize: 6 });
  });

  it.each([
    ["number", { maxDeliveries: 1 }],
    ["bytes", { maxBytes: KEPT_BYTES }],
  ])("leaves what comes in its place, however many are pinned, by %s", async (_by, limits) => {
    using dir = tempDir();
    await using here = openHere(dir.path, { ...ROOM, ...limits });
    await here.add(3);
    for (const id of ids(1, 2, 3)) here.calls.setPinned(id, true);

    expect(here.work().every((length) => length === 0)).toBe(true);
    expect(here.calls.catchUp(null)).toBeNull();
    await here.add(1);
    expect(here.work()).not.toContain(1);
    expect(here.counts).toMatchObject({ total: 4, pinned: 3 });
    await here.add(1);
    expect(here.work()).toContain(1);
    expect(here.calls.summary("d4")).toBeUndefined();
    expect(here.counts).toMatchObject({ total: 4, pinned: 3 });
    here.calls.setPinned("d1", false);
    expect(here.work()).toContain(1);
    expect(here.counts).toMatchObject({ total: 3, pinned: 2, bytes: 3 * KEPT_BYTES });
  });

  it("counts a change only where it could be written", async () => {
    using dir = tempDir();
    {
      await using here = openHere(dir.path);
      await here.add(3);
    }
    // As a full disk does it.
    const db = new Sqlite(join(dir.path, DATABASE_FILE));
    db.exec("CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT RAISE(FAIL, 'disk'); END");
    db.close();
    await using here = openHere(dir.path);
    const before = { ...here.counts };

    expect(() => here.calls.setPinned("d1", true)).toThrow("disk");
    expect(() => here.calls.setVerification("d2", { state: "failed" })).toThrow("disk");
    expect(() => here.calls.hide(ids(3))).toThrow("disk");

    expect(here.counts).toEqual(before);
    expect(before).toMatchObject({ total: 3, verified: 3 });
  });

  it("leaves what was deleted until the next start, and brings it back whole before that", async () => {
    using dir = tempDir();
    {
      await using here = openHere(dir.path);
      await here.add(5);
      here.work();

      expect(here.calls.hide(ids(2, 3, 9))).toEqual(ids(2, 3));
      expect(here.calls.hide(ids(2))).toEqual([]);
      expect(here.calls.restore(ids(2, 4))).toEqual(ids(2));
      expect(here.calls.restore(ids(2))).toEqual([]);
      expect(here.find("a".repeat(SIZE))).toEqual(ids(5, 4, 2, 1));
      here.calls.setLimits({ ...ROOM, maxDeliveries: 3 });
      here.work();

      expect(here.calls.holdings()).toMatchObject({ deliveries: 4 });
      expect(here.calls.summary("d1")).toBeUndefined();
      expect(here.calls.clearSlice()).toBe(3);
      expect(here.calls.clearSlice()).toBe(0);
      expect(here.calls.restore(ids(3))).toEqual(ids(3));
    }

    await using here = openHere(dir.path);
    expect(here.calls.holdings()).toMatchObject({ deliveries: 1 });
  });

  it("never uses a number twice, however often it is started after what had it was deleted", async () => {
    using dir = tempDir();
    {
      await using here = openHere(dir.path);
      await here.add(3);
      here.calls.hide(ids(2, 3));
    }
    {
      await using here = openHere(dir.path);
      expect(here.calls.holdings()).toMatchObject({ deliveries: 1 });
    }

    await using here = openHere(dir.path);
    expect(await here.add(1)).toEqual(["d4"]);
    here.calls.setLimits({ ...ROOM, maxDeliveries: 0 });
    here.work();
    expect(await here.add(1)).toEqual(["d5"]);
  });
});
