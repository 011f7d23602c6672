import { cpSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wordsFor } from "#core/store/json-facts.ts";
import type { Store } from "#core/store/store.ts";
import type { NewDelivery } from "#core/store/stored-delivery.ts";
import type { AttemptOutcome } from "#shared/domain/attempt.ts";
import { times } from "../../helpers/fuzz.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { newDelivery, openTestStore } from "./test-store.ts";

const NOW = Date.parse("2026-11-24T14:00:00Z");
const MINUTE_MS = 60_000;

const dir = tempDir();
let store: Store;

beforeAll(async () => {
  store = await open(dir.path);
  await fill(store);
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

const open = (dataDir: string): Promise<Store> => openTestStore(dataDir, { clock: { now: () => NOW } });

function delivery(body: string | Buffer, more: Partial<NewDelivery> = {}): NewDelivery {
  return newDelivery(body, { receivedAt: NOW, rawHeaders: ["Content-Type", "application/json"], ...more });
}

const answered = (status: number): AttemptOutcome => ({
  kind: "answered",
  status,
  headers: [],
  bodyBase64: "",
  bodyBytes: 0,
});

async function fill(store: Store): Promise<void> {
  const rendition = '{"type":"video.encoding.quality.completed","videoId":"viAAA","quality":"720p","n":1.0,"ok":true}';
  await store.append(
    delivery(rendition, {
      receivedAt: NOW - 90 * MINUTE_MS,
      type: "video.encoding.quality.completed",
      subject: { videoId: "viAAA" },
      webhookId: "webhook_1",
    }),
  );
  await store.append(
    delivery(
      '{"type":"live-stream.broadcast.started","liveStreamId":"li_1%x","data":{"items":[{"id":"x"},{"id":"ä/y"}]}}',
      {
        receivedAt: NOW - 30 * MINUTE_MS,
        type: "live-stream.broadcast.started",
        subject: { liveStreamId: "li_1%x" },
        verification: { state: "failed", cause: "wrong-secret" },
        source: "simulated",
      },
    ),
  );
  // The same value as JSON may also write it, in a body that PHP made.
  await store.append(
    delivery('{"data":{"items":[{"id":"\\u00e4\\/y"}]},"quality":"720p ","title":"","gone":null}', {
      receivedAt: NOW - 5 * MINUTE_MS,
      verification: { state: "failed", cause: "no-match" },
      source: "imported",
    }),
  );
  await store.append(delivery('{"quality":"720p"', { incomplete: "broken-off", verification: { state: "unsigned" } }));
  await store.append(delivery(Buffer.from([0xff, 0xfe, 0x00])));
  await store.append(delivery("same"));
  await store.append(delivery("same"));
  await store.setPinned("d2", true);
  await store.setNote("d3", "Flaky 100% of_the time");
  const attempt = { kind: "forward", target: "http://localhost:1/", startedAt: NOW, ms: 1 } as const;
  await store.addAttempt({ ...attempt, deliveryId: "d1", outcome: answered(500) });
  await store.addAttempt({ ...attempt, deliveryId: "d1", outcome: answered(204) });
  await store.addAttempt({ ...attempt, deliveryId: "d2", outcome: answered(503) });
  await store.addAttempt({
    ...attempt,
    deliveryId: "d3",
    outcome: { kind: "unreachable", reason: "refused", message: "Nobody listens." },
  });
  await store.addAttempt({ ...attempt, deliveryId: "d4", outcome: answered(301) });
}

async function search(query: string, of = store): Promise<string> {
  const { items, total } = await of.list(query, {}, 100);
  expect(total).toBe(items.length);
  return items.map(({ id }) => id.slice(1)).join("");
}

describe("a search finds by", () => {
  it.each([
    ["", "7654321"],
    ["  ", "7654321"],
    ["type:live-stream", "2"],
    ["type:video.encoding.quality.completed", "1"],
    ["type:VIDEO", "1"],
    ["type:encoding", "1"],
    ["type:rendition,live", "21"],
    ['type:"live started"', "2"],
    ["type:none", "76543"],
    ["type:%", ""],
    [`type:${Array(400).fill("v").join()}`, "1"],
    ["sig:failed", "32"],
    ["sig:failed,unsigned", "432"],
    ["cause:wrong-secret", "2"],
    ["-cause:wrong-secret", "765431"],
    ["status:204", "1"],
    ["status:500", ""],
    ["status:5xx", "2"],
    ["status:accepted", "1"],
    ["status:refused", "42"],
    ["status:unreachable", "3"],
    ["status:none", "765"],
    ["status:none,2xx", "7651"],
    ["-status:none", "4321"],
    ["video:viA", "1"],
    ["video:via", ""],
    ["live:li_1%", "2"],
    ["webhook:webhook", "1"],
    ["-webhook:webhook", "765432"],
    ["after:10m", "76543"],
    ["before:10m", "21"],
    ["after:2h before:1h", "1"],
    ["after:2026-11-24T13:30:00Z before:2026-11-24T13:55Z", "2"],
    ["is:pinned", "2"],
    ["is:noted", "3"],
    ["is:incomplete", "4"],
    ["is:repeat", "7"],
    ["is:simulated,imported", "32"],
    ["source:received", "76541"],
    ["id:d2,d5,d99", "52"],
    ['note:"100% of_"', "3"],
    ["note:x_the", ""],
  ])("%s", async (query, ids) => {
    expect(await search(query)).toBe(ids);
  });

  it.each([
    ["quality=720p", "1"],
    ["quality=720", ""],
    ['quality="720p "', "3"],
    ["quality=720p,x", "1"],
    ["-quality=720p", "765432"],
    ["n=1", "1"],
    ["n=1.0", "1"],
    ["ok=true", "1"],
    ["gone=null", "3"],
    ['title=""', "3"],
    ["data.items[1].id=ä/y", "2"],
    ["data.items[0].id=ä/y", "3"],
    ["data.items[].id=ä/y", "32"],
    ["items[].id=x", ""],
    ["type=live-stream.broadcast.started", "2"],
  ])("the value of a body's JSON: %s", async (query, ids) => {
    expect(await search(query)).toBe(ids);
  });

  it.each([
    ["720p", "431"],
    ["720p -quality=720p", "43"],
    ["720p sig:failed,unsigned", "43"],
    ["json -720p -same", "52"],
    ['"items id x"', "2"],
    ["-json", ""],
    ["viAAA status:2xx after:2h quality=720p", "1"],
    ["a\0b", ""],
    ["Rendition", "1"],
    ["rendit", "1"],
    ["endition", ""],
    ['"rendition ready"', "1"],
    ["rendition live", ""],
    ["-rendition", "765432"],
    ["live -rendition sig:failed", "2"],
    ["-rendition -live", "76543"],
    ["-rendition -same sig:verified", "5"],
  ])("words together with the rest: %s", async (query, ids) => {
    expect(await search(query)).toBe(ids);
  });
});

describe("a search", () => {
  it("pages through what it finds, and counts all of it", async () => {
    const first = await store.list("sig:failed,unsigned", {}, 2);
    const second = await store.list("sig:failed,unsigned", { before: first.before }, 2);
    const words = await store.list("json -720p sig:verified", { before: "d7" }, 1);

    expect(first).toMatchObject({ total: 3, before: "d3", items: [{ id: "d4" }, { id: "d3" }] });
    expect(second).toMatchObject({ total: 3, before: null, items: [{ id: "d2" }] });
    expect(words).toMatchObject({ total: 3, before: "d6", items: [{ id: "d6" }] });
  });

  it("for what a word is not in counts nothing that is deleted", async () => {
    await store.hide(["d7"]);
    try {
      expect(await search("-rendition")).toBe("65432");
    } finally {
      await store.restore(["d7"]);
    }
    expect(await search("-rendition")).toBe("765432");
  });

  it("that cannot be read is refused with the places", async () => {
    await expect(store.list("x sig:fialed after:soon", {}, 1)).rejects.toMatchObject({
      code: "input.invalid",
      message: /“fialed”.*\(And 1 more\.\)/,
      details: {
        query: "x sig:fialed after:soon",
        errors: [
          { start: 6, end: 12 },
          { start: 19, end: 23 },
        ],
      },
    });
  });

  it("takes any text without harm", async () => {
    const part = fc.oneof(
      fc.constantFrom(...'-":=,*()\0^+{}\u{e000}', " ", "OR", "NEAR", "a=", "note:"),
      fc.string({ unit: "binary" }),
    );

    await fc.assert(
      fc.asyncProperty(fc.array(part), async (parts) => {
        const found = await store.list(parts.join(""), {}, 10).catch((error: unknown) => error);
        expect(found).toSatisfy(
          (found: object) => "items" in found || ("code" in found && found.code === "input.invalid"),
        );
      }),
      { numRuns: times(300) },
    );
  });

  it("cannot be fooled by a body that is made to look like the index's own words", async () => {
    using own = tempDir();
    await using store = await open(own.path);
    await store.append(delivery('{"quality":"720p"}'));
    const [forged = ""] = wordsFor("quality", "720p");
    await store.append(delivery(`${forged} {"${forged}":"${forged}"}`, { path: `/${forged}` }));
    await store.append(delivery(`{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`));
    await store.append(delivery(JSON.stringify({ many: Array.from({ length: 5_000 }, (_, n) => n), late: 1 })));

    expect(await search("quality=720p", store)).toBe("1");
    expect(await search(forged, store)).toBe("2");
    expect(await search("many[3]=3", store)).toBe("4");
  });

  it("finds words of a long body that would be cut in the middle of a character", async () => {
    using own = tempDir();
    await using store = await open(own.path);
    await store.append(delivery(`beginning ${"é".repeat(200_000)}`));
    await store.append(delivery(`beginning a${"é".repeat(200_000)}`));

    expect(await search("beginning", store)).toBe("21");
  });

  it("keeps a word that stands thousands of times in a body only so often that its list stays short", async () => {
    using own = tempDir();
    {
      await using store = await open(own.path);
      await store.append(delivery(`{"text":"before ${"lorem, ipsum ".repeat(15_000)}behind the rest"}`));

      expect(await search("lorem", store)).toBe("1");
      expect(await search('"before lorem, ipsum lorem"', store)).toBe("1");
      expect(await search('"behind the rest"', store)).toBe("1");
      expect(await search('"before behind"', store)).toBe("");
    }
    const db = new Sqlite(join(own.path, "inspector.db"));
    const indexBytes = db.prepare("SELECT sum(length(block)) FROM search_data").pluck().get();
    db.close();

    // With each of the 15 000 places of two words it would be thirty thousand.
    expect(indexBytes).toBeLessThan(10_000);
  });

  it("finds values in deliveries of a version that did not index them", async () => {
    using own = tempDir();
    {
      await using store = await open(own.path);
      await store.append(delivery('{"quality":"720p"}'));
      await store.list("720p", {}, 1);
    }
    const old = join(own.path, "old");
    cpSync(join(own.path, "inspector.db"), join(old, "inspector.db"), { recursive: true });
    const db = new Sqlite(join(old, "inspector.db"));
    db.exec("DELETE FROM search WHERE rowid = 1; INSERT INTO search (rowid, text) VALUES (1, 'quality 720p')");
    // What was made before the index knew values, without what later versions added.
    const added = {
      attempts: ["target_name", "route", "run_id", "copy", "fault"],
      deliveries: ["answer_ms", "answer_by"],
    };
    for (const [table, columns] of Object.entries(added)) {
      for (const column of columns) db.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    }
    db.exec("DROP TABLE runs; DROP TABLE run_results");
    db.pragma("user_version = 4");
    db.close();

    await using store = await open(old);

    expect(await search("quality=720p", store)).toBe("1");
  });
});
