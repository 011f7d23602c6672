import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it, vi } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { openStore, type Store } from "#core/store/store.ts";
import type { ListPage, NewDelivery } from "#core/store/stored-delivery.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const clock = createClock();
const LIMITS = { maxDeliveries: 100_000, maxBytes: 2 ** 31 };

function open(dataDir: string, limits = LIMITS, onRemoved: (ids: string[]) => void = () => {}): Promise<Store> {
  return openStore({
    dataDir,
    limits,
    clock,
    log: silentLog(),
    onRemoved,
    onCounts: () => {},
    onLost: (error) => {
      throw error;
    },
  });
}

function delivery(text: string, more: Partial<NewDelivery> = {}): NewDelivery {
  const now = clock.now();
  return {
    receivedAt: now,
    lastByteAt: now + 1,
    verifiedAt: now + 1.5,
    source: "received",
    method: "POST",
    path: "/hook?x=1",
    type: "video.caption.generated",
    subject: { videoId: "vi1" },
    verification: { state: "verified" },
    webhookId: "webhook_1",
    status: 202,
    rawHeaders: ["Content-Type", "application/json", "X-Dup", "a", "x-dup", "b"],
    body: Buffer.from(text),
    ...more,
  };
}

async function addMany(store: Store, count: number, more: (n: number) => Partial<NewDelivery> = () => ({})) {
  return Promise.all(Array.from({ length: count }, (_, n) => store.append(delivery(`body ${n}`, more(n)))));
}

describe("the store", () => {
  it("gives back what was stored, byte for byte, after it was closed and opened again", async () => {
    using dir = tempDir();
    const body = Buffer.from([0, 255, 128, 10, 13, 0]);
    {
      await using store = await open(dir.path);
      const { id, answered } = await store.append(delivery("", { body }));
      answered(clock.now() + 3);
      expect(id).toBe("d1");
    }

    await using store = await open(dir.path);
    const found = await store.get("d1");

    expect(Buffer.from((await store.content("d1"))?.body ?? [])).toEqual(body);
    expect(found?.headers).toEqual([
      ["Content-Type", "application/json"],
      ["X-Dup", "a"],
      ["x-dup", "b"],
    ]);
    expect(found?.summary).toMatchObject({ id: "d1", bodyBytes: 6, path: "/hook?x=1", answered: { status: 202 } });
    expect(found?.timings.answeredMs).toBeGreaterThan(0);
    expect(found?.timings.committedMs).toBeGreaterThan(0);
    expect(found?.bodySha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("pages newest first without gaps or repeats while new deliveries come in", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    await addMany(store, 25);

    const first = await store.list("", {}, 10);
    await addMany(store, 3);
    const second = await store.list("", { before: first.before }, 10);
    const third = await store.list("", { before: second.before }, 10);

    const ids = [...first.items, ...second.items, ...third.items].map((item) => item.id);
    expect(ids).toEqual(Array.from({ length: 25 }, (_, n) => `d${25 - n}`));
    expect(third.before).toBeNull();
    expect(third.total).toBe(28);
  });

  it("gives the page above a delivery, around one, or at a place by count, and says how many are newer", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    await addMany(store, 25);
    await store.hide(["d20"]);

    const after = await store.list("", { after: "d10" }, 3);
    const around = await store.list("", { around: "d10" }, 4);
    const gone = await store.list("", { around: "d20" }, 4);
    const oldest = await store.list("", { skip: 22 }, 10);
    const newest = await store.list("", { after: "d22" }, 10);
    const searched = await store.list("body", { around: "d10" }, 4);

    const idsOf = ({ items }: ListPage) => items.map(({ id }) => id);
    expect([idsOf(after), after.before, after.newer]).toEqual([["d13", "d12", "d11"], "d11", 11]);
    expect([idsOf(around), around.newer]).toEqual([["d12", "d11", "d10", "d9"], 12]);
    expect(idsOf(gone)).toEqual(["d22", "d21", "d19", "d18"]);
    expect([idsOf(oldest), oldest.before, oldest.newer]).toEqual([["d2", "d1"], null, 22]);
    expect([idsOf(newest), newest.before, newest.newer]).toEqual([["d25", "d24", "d23"], "d23", 0]);
    expect([idsOf(searched), searched.newer, searched.total]).toEqual([["d12", "d11", "d10", "d9"], 12, 24]);
  });

  it("counts what is pinned, through deletion, restoring, clearing and a restart", async () => {
    using dir = tempDir();
    {
      await using store = await open(dir.path);
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

    await using store = await open(dir.path);

    expect(store.counts).toMatchObject({ total: 2, pinned: 1 });
  });

  it("finds words of bodies, paths, headers and ids, from their beginning on, and all of several", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    await store.append(delivery('{"type":"x","videoId":"vi4kT9sH","note":"Grüße"}'));
    await store.append(delivery("plain", { path: "/special-path", rawHeaders: ["User-Agent", "Zebra/2"] }));
    await store.append(delivery("", { body: Buffer.from([0xff, 0xfe, 0x00]) }));

    const idsFor = async (query: string) => (await store.list(query, {}, 10)).items.map((item) => item.id);

    expect(await idsFor("vi4kT")).toEqual(["d1"]);
    expect(await idsFor("grüße")).toEqual(["d1"]);
    expect(await idsFor("special zebra")).toEqual(["d2"]);
    expect(await idsFor("d3")).toEqual(["d3"]);
    expect(await idsFor("vi4kT zebra")).toEqual([]);
    expect(await idsFor('a"b*) NEAR (c')).toEqual([]);
    await expect(idsFor("--- !!")).rejects.toMatchObject({ code: "input.invalid" });
  });

  it("keeps, finds and searches past a delivery with an empty body", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    await store.append(delivery("", { path: "/empty" }));
    await store.append(delivery("needle"));

    expect((await store.list("needle", {}, 10)).items.map(({ id }) => id)).toEqual(["d2"]);
    expect((await store.list("empty", {}, 10)).items.map(({ id }) => id)).toEqual(["d1"]);
    const range = await store.bodyRange("d1", 0, null);
    expect(range?.totalBytes).toBe(0);
    expect(range?.bytes).toHaveLength(0);
    await store.hide(["d1"]);
    await store.restore(["d1"]);
    expect((await store.list("empty", {}, 10)).total).toBe(1);
  });

  it("marks what repeats an earlier delivery of the same webhook with the same body", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    const first = await store.append(delivery("same"));
    const again = await store.append(delivery("same"));
    const otherWebhook = await store.append(delivery("same", { webhookId: "webhook_2" }));
    const muchLater = await store.append(delivery("same", { receivedAt: clock.now() + 61_000 }));

    expect(first.duplicateOf).toBeUndefined();
    expect(again.duplicateOf).toBe("d1");
    expect(otherWebhook.duplicateOf).toBeUndefined();
    expect(muchLater.duplicateOf).toBeUndefined();
  });

  it("lets the oldest go when there are too many, but never a pinned one, and says which", async () => {
    using dir = tempDir();
    const removed: string[] = [];
    await using store = await open(dir.path, { maxDeliveries: 100, maxBytes: 2 ** 31 }, (ids) => removed.push(...ids));
    await store.append(delivery("first"));
    await store.setPinned("d1", true);

    await addMany(store, 300);

    await vi.waitFor(() => expect(store.counts.total).toBe(100), { timeout: 5_000 });
    expect(await store.summary("d1")).toBeDefined();
    expect(await store.summary("d2")).toBeUndefined();
    expect(removed).toHaveLength(201);
    expect((await store.list("body", {}, 1)).total).toBe(99);
  });

  it("lets the oldest go when the bytes are too many", async () => {
    using dir = tempDir();
    await using store = await open(dir.path, { maxDeliveries: 100_000, maxBytes: 50_000 });

    await addMany(store, 100, () => ({ body: Buffer.alloc(1_000, 1) }));

    await vi.waitFor(() => expect(store.counts.bytes).toBeLessThanOrEqual(50_000), { timeout: 5_000 });
    expect(store.counts.total).toBeGreaterThan(40);
  });

  it("hides deleted deliveries, brings them back, and forgets them with the next start", async () => {
    using dir = tempDir();
    {
      await using store = await open(dir.path);
      await addMany(store, 3);
      expect(await store.hide(["d2", "d3", "d99", "nonsense"])).toEqual(["d2", "d3"]);
      expect((await store.list("body", {}, 10)).items.map((item) => item.id)).toEqual(["d1"]);
      expect(await store.restore(["d2"])).toEqual(["d2"]);
      expect((await store.list("body", {}, 10)).items.map((item) => item.id)).toEqual(["d2", "d1"]);
      expect(store.counts.total).toBe(2);
    }

    await using store = await open(dir.path);

    expect(await store.restore(["d3"])).toEqual([]);
    expect((await store.append(delivery("next"))).id).toBe("d4");
  });

  it("clears all but the pinned and never uses an id twice", async () => {
    using dir = tempDir();
    {
      await using store = await open(dir.path);
      await addMany(store, 450);
      await store.setPinned("d7", true);
      expect(await store.clear()).toBe(449);
      expect(store.counts.total).toBe(1);
    }

    await using store = await open(dir.path);

    expect((await store.append(delivery("next"))).id).toBe("d451");
  });

  it("keeps attempts with their answers' bodies and counts them in the summary", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    await store.append(delivery("x"));
    const base = {
      deliveryId: "d1",
      kind: "replay" as const,
      target: "http://localhost:1/",
      startedAt: clock.now(),
      ms: 2,
    };
    const answer = Buffer.from([1, 2, 255]).toString("base64");

    await store.addAttempt({
      ...base,
      outcome: { kind: "unreachable", reason: "refused", message: "Nothing listens." },
    });
    await store.addAttempt({
      ...base,
      outcome: { kind: "answered", status: 500, headers: [["A", "b"]], bodyBase64: answer, bodyBytes: 3 },
    });

    const found = await store.get("d1");
    expect(found?.attempts.map((attempt) => attempt.outcome.kind)).toEqual(["unreachable", "answered"]);
    expect(found?.attempts[1]?.outcome).toMatchObject({ bodyBase64: answer, headers: [["A", "b"]] });
    expect(found?.summary).toMatchObject({ attempts: 2, lastAttempt: { status: 500, verdict: "refused" } });
    // Not the id of another attempt.
    await expect(
      store.addAttempt({ ...base, deliveryId: "d9", outcome: { kind: "unreachable", reason: "refused", message: "" } }),
    ).rejects.toMatchObject({ code: "delivery.not_found" });
  });
});

describe("opening the store", () => {
  it("refuses a folder that another instance is using, and says so", async () => {
    using dir = tempDir();
    await using _first = await open(dir.path);

    await expect(open(dir.path)).rejects.toMatchObject({ code: "store.locked", message: /Another instance/ });
  });

  it("refuses a database of a newer version and leaves it as it is", async () => {
    using dir = tempDir();
    const db = new Sqlite(join(dir.path, "inspector.db"));
    db.pragma("user_version = 999");
    db.close();

    await expect(open(dir.path)).rejects.toMatchObject({ code: "store.newer", message: /newer version/ });
  });

  it("refuses a file that is no database and leaves its bytes alone", async () => {
    using dir = tempDir();
    const file = join(dir.path, "inspector.db");
    writeFileSync(file, "not a database, but somebody's file ".repeat(50));

    await expect(open(dir.path)).rejects.toMatchObject({ code: "store.corrupt" });
    expect(readFileSync(file, "utf8")).toBe("not a database, but somebody's file ".repeat(50));
  });

  it("says so when the folder is a file", async () => {
    using dir = tempDir();
    const file = join(dir.path, "taken");
    writeFileSync(file, "");

    await expect(open(file)).rejects.toMatchObject({ code: "store.unwritable" });
  });

  it("says so where no folder can be made at all", async ({ skip }) => {
    skip(process.platform !== "linux", "only Linux has a /proc that refuses folders");
    await expect(open("/proc/nowhere/deeper")).rejects.toMatchObject({ code: "store.unwritable" });
  });

  it("makes the folders above its own where they are missing", async () => {
    using dir = tempDir();

    await using store = await open(join(dir.path, "a", "b"));

    expect(store.counts.total).toBe(0);
    expect(statSync(join(dir.path, "a", "b")).mode & 0o777).toBe(0o700);
  });

  it("keeps folder and files to their owner", async () => {
    using dir = tempDir();
    chmodSync(dir.path, 0o755);

    await using _store = await open(dir.path);

    expect(statSync(dir.path).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir.path, "inspector.db")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir.path, "inspector.db-wal")).mode & 0o777).toBe(0o600);
  });
});

describe("what the store knows for reconciling", () => {
  const encoded = { type: "video.encoding.quality.completed", detail: "hls 720p" };

  it("names the videos that received deliveries of a time are about, whatever lies between them", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    const at = (receivedAt: number, videoId: string, more: Partial<NewDelivery> = {}) =>
      store.append(delivery(videoId + receivedAt, { receivedAt, subject: { videoId }, ...more }));
    await at(1_000, "vi-before");
    await at(2_000, "vi-within");
    await at(2_500, "vi-within");
    await at(2_600, "vi-simulated", { source: "simulated" });
    await at(2_700, "vi-cut", { incomplete: "cut" });
    await at(9_000, "vi-after");

    expect(await store.seenVideos(2_000, 3_000)).toEqual(["vi-within"]);
  });

  it("finds what was captured of videos and live streams over more rows than are looked at at a time", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    await store.append(delivery("oldest", { ...encoded, subject: { videoId: "vi-asked" } }));
    await addMany(store, 10_500, () => ({ subject: { videoId: "vi-other" } }));
    await store.append(delivery("s", { type: "live-stream.broadcast.started", subject: { liveStreamId: "li-asked" } }));
    await store.append(delivery("c", { ...encoded, subject: { videoId: "vi-asked" }, incomplete: "broken-off" }));

    expect(await store.captured(["vi-asked", "vi-unknown"], ["li-asked"])).toEqual([
      { type: "live-stream.broadcast.started", detail: null, videoId: null, liveStreamId: "li-asked" },
      { ...encoded, videoId: "vi-asked", liveStreamId: null },
    ]);
  });

  it("counts what was deleted as captured, and forgets the gaps that are over with everything else", async () => {
    using dir = tempDir();
    await using store = await open(dir.path);
    const { id } = await store.append(delivery("x", { ...encoded, subject: { videoId: "vi1" } }));
    await store.hide([id]);
    expect(await store.captured(["vi1"], [])).toHaveLength(1);
    await store.addGap({ from: 1_000, to: 2_000, cause: "relay", message: "over" });
    const lasting = await store.addGap({ from: 3_000, to: null, cause: "relay", message: "lasts" });

    await store.clear();

    expect(await store.gaps()).toEqual([lasting]);
    expect(await store.endGap("g99", 5_000)).toBeUndefined();
    expect(await store.endGap("nonsense", 5_000)).toBeUndefined();
  });
});
