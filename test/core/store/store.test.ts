import { describe, expect, it } from "vitest";
import type { ListPage, NewDelivery } from "#core/store/stored-delivery.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { addMany, clock, newDelivery, openTestStore } from "./test-store.ts";

function delivery(text: string, more: Partial<NewDelivery> = {}): NewDelivery {
  return newDelivery(text, {
    path: "/hook?x=1",
    type: "video.caption.generated",
    subject: { videoId: "vi1" },
    webhookId: "webhook_1",
    rawHeaders: ["Content-Type", "application/json", "X-Dup", "a", "x-dup", "b"],
    ...more,
  });
}

describe("the store", () => {
  it("gives back what was stored, byte for byte, after it was closed and opened again", async () => {
    using dir = tempDir();
    const body = Buffer.from([0, 255, 128, 10, 13, 0]);
    {
      await using store = await openTestStore(dir.path);
      const { id, answered } = await store.append(delivery("", { body }));
      answered(clock.now() + 3);
      expect(id).toBe("d1");
    }

    await using store = await openTestStore(dir.path);
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
    await using store = await openTestStore(dir.path);
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
    await using store = await openTestStore(dir.path);
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

  it("finds words of bodies, paths, headers and ids, from their beginning on, and all of several", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
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
    await using store = await openTestStore(dir.path);
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
    await using store = await openTestStore(dir.path);
    const first = await store.append(delivery("same"));
    const again = await store.append(delivery("same"));
    const otherWebhook = await store.append(delivery("same", { webhookId: "webhook_2" }));
    const muchLater = await store.append(delivery("same", { receivedAt: clock.now() + 61_000 }));

    expect(first.duplicateOf).toBeUndefined();
    expect(again.duplicateOf).toBe("d1");
    expect(otherWebhook.duplicateOf).toBeUndefined();
    expect(muchLater.duplicateOf).toBeUndefined();
  });

  it("keeps attempts with their answers' bodies and counts them in the summary", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
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
