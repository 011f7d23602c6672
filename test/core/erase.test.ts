import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { DEFAULT_SETTINGS } from "#shared/domain/settings.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { canary } from "../helpers/canary.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { type StartedEngine, startEngine } from "../helpers/start-engine.ts";
import { startTwoAccounts } from "../helpers/two-accounts.ts";
import { startFakeApi } from "./api-video/fake-api.ts";
import { startTestSimulator } from "./simulator/start-test-simulator.ts";

const CONFIRM = { confirm: "erase everything" } as const;

/** All bytes of all files of the data folder. */
function bytesOf(dataDir: string): string {
  return readdirSync(dataDir)
    .map((name) => readFileSync(join(dataDir, name), "latin1"))
    .join();
}

/** Puts a text that is nowhere else into everything that is kept. */
async function fill({ client, engine }: StartedEngine, forwardTo: string): Promise<string[]> {
  const [body, note, secret, key, name, hidden] = Array.from({ length: 6 }, canary) as [string, ...string[]];
  await client.call("settings.update", { forwardTo: `${forwardTo}/${name}`, firstRunDone: true, theme: "dark" });
  await client.call("profiles.save", { name: name ?? "" });
  await client.call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: secret ?? "" });
  for (const text of [body, hidden]) {
    for (let n = 0; n < 20; n++) {
      await sendDelivery(engine.listenerUrl, {
        webhookId: `webhook_${text}`,
        secret: "s",
        body: JSON.stringify({ type: "video.uploaded", videoId: text, n, text: `${text} `.repeat(50) }),
      });
    }
  }
  const { items } = await client.call("deliveries.list", {});
  await vi.waitFor(async () => expect((await client.call("app.holdings", {})).attempts).toBe(40));
  await client.call("deliveries.pin", { id: items.at(-1)?.id ?? "" });
  await client.call("deliveries.note", { id: items.at(-1)?.id ?? "", note: note ?? "" });
  await client.call("deliveries.delete", { ids: items.slice(0, 20).map(({ id }) => id) });
  // Words of the search index as well.
  await client.call("deliveries.list", { query: body });
  return [body, note, secret, key, name, hidden].filter((text) => text !== undefined);
}

describe("erasing everything", () => {
  it("leaves no byte of it in any file, and the app goes on as at its first start", async () => {
    await using simulator = await startTestSimulator();
    await using receiver = await startReceiver();
    await using started = await startEngine();
    const { client, dataDir, events } = started;
    await client.call("settings.update", { api: simulator.url });
    await client.call("secrets.set", { kind: "api-key", environment: "custom", value: "simulator" });
    const texts = await fill(started, receiver.url);
    await vi.waitFor(async () => expect((await client.call("app.holdings", {})).webhooks).toHaveLength(1));
    const [webhook] = (await simulator.call("GET", "/webhooks")).json["data"] as { signatureSecret: string }[];
    const before = bytesOf(dataDir);
    expect(texts.filter((text) => !before.includes(text))).toEqual([texts[3]]);

    const erasure = await client.call("app.erase", CONFIRM);

    expect(erasure).toEqual({ deliveries: 40, left: [], reason: null });
    const after = bytesOf(dataDir);
    for (const text of [...texts, webhook?.signatureSecret ?? "?", simulator.url]) expect(after).not.toContain(text);
    expect((await simulator.call("GET", "/webhooks")).json["data"]).toEqual([]);
    const { settings, counts, problems } = await client.call("app.snapshot", {});
    expect(settings.values).toEqual(DEFAULT_SETTINGS);
    expect(settings.profiles).toHaveLength(1);
    expect(counts.total).toBe(0);
    expect(problems).toEqual([]);
    expect(events.map(({ name }) => name)).toContain("reset");
    const steps = events.flatMap((event) => (event.name === "erase.progressed" ? [event.payload.step] : []));
    expect([...new Set(steps)]).toEqual(["webhook", "secrets", "deliveries", "settings", "file"]);

    await client.call("simulator.trigger", { type: "video.caption.generated" });
    expect((await client.call("deliveries.list", {})).items).toMatchObject([{ verification: { state: "verified" } }]);
  });

  it("removes our webhook also from an account that is not in use, where an earlier run had to leave it", async () => {
    await using accounts = await startTwoAccounts();
    const first = await startEngine();
    const { client, dataDir } = first;
    await client.call("settings.update", { api: accounts.url });
    await client.call("secrets.set", { kind: "api-key", environment: "custom", value: accounts.keys[0] });
    await vi.waitFor(async () => expect((await accounts.webhooks())[0]).toHaveLength(1));
    const other = await client.call("profiles.save", { name: "Other" });
    await client.call("profiles.use", other);
    await client.call("secrets.set", { kind: "api-key", environment: "custom", value: accounts.keys[1] });
    accounts.down.add(accounts.keys[0]);
    await client.call("profiles.use", { id: "default" });
    await client.call("profiles.use", other);
    await first.engine[Symbol.asyncDispose]();
    accounts.down.clear();
    await using again = await startEngine({ dataDir });
    await vi.waitFor(async () => expect((await accounts.webhooks()).map(({ length }) => length)).toEqual([1, 1]));

    const erasure = await again.client.call("app.erase", CONFIRM);
    await first[Symbol.asyncDispose]();

    expect(erasure).toMatchObject({ left: [], reason: null });
    expect(await accounts.webhooks()).toEqual([[], []]);
  });

  it("says which webhook is left where the account does not answer, and erases all else", async () => {
    let isDown = false;
    await using api = await startFakeApi(({ method }) => {
      if (isDown) return { status: 503, body: "down" };
      const webhook = { webhookId: "wh_left", url: "", events: [], signatureSecret: "s", createdAt: "" };
      return method === "POST"
        ? { status: 201, body: webhook }
        : { status: 200, body: { data: [], pagination: { itemsTotal: 0, pagesTotal: 1, currentPage: 1 } } };
    });
    await using started = await startEngine({ apiKey: "k" });
    const { client, dataDir } = started;
    await client.call("settings.update", { api: api.url });
    await vi.waitFor(async () => expect((await client.call("app.snapshot", {})).registration.phase).toBe("registered"));
    isDown = true;

    const erasure = await client.call("app.erase", CONFIRM);

    expect(erasure).toMatchObject({ left: [{ account: api.url, webhookId: "wh_left" }], reason: /./ });
    expect(bytesOf(dataDir)).not.toContain("wh_left");
    expect((await client.call("app.snapshot", {})).settings.values).toEqual(DEFAULT_SETTINGS);
  });

  it("does nothing without the words", async () => {
    await using started = await startEngine({ connect: false });
    // Not of the contract's type, as a script might send it.
    const reply = await started.engine.router.dispatch("app.erase", {});

    expect(reply).toMatchObject({ ok: false, error: { code: "input.invalid" } });
  });
});
