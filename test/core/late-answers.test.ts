import { describe, expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { startFakeApi } from "./api-video/fake-api.ts";

const NO_WEBHOOKS = { data: [], pagination: { itemsTotal: 0, pagesTotal: 1, currentPage: 1 } };

const KEY = { kind: "api-key", environment: "custom", value: "k" } as const;

describe("what api.video answers too late", () => {
  it("is no key any more where everything was erased meanwhile", async () => {
    const answered = Promise.withResolvers<void>();
    await using api = await startFakeApi(async () => {
      await answered.promise;
      return { body: NO_WEBHOOKS };
    });
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await client.call("settings.update", { api: api.url });
    const setting = client.call("secrets.set", KEY);
    const refused = expect(setting).rejects.toMatchObject({ code: "input.invalid", message: /erased/ });
    await vi.waitFor(() => expect(api.calls).toHaveLength(1));

    await client.call("app.erase", { confirm: "erase everything" });
    answered.resolve();

    await refused;
    expect(await client.call("secrets.status", {})).toMatchObject({ apiKeys: [], profiles: [] });
  });

  it("is no key of a profile that was deleted meanwhile", async () => {
    const answered = Promise.withResolvers<void>();
    await using api = await startFakeApi(async () => {
      await answered.promise;
      return { body: NO_WEBHOOKS };
    });
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await client.call("settings.update", { api: api.url });
    const other = await client.call("profiles.save", { name: "Other" });
    await client.call("profiles.use", other);
    const setting = client.call("secrets.set", KEY);
    const refused = expect(setting).rejects.toMatchObject({ code: "input.invalid", message: /deleted/ });
    await vi.waitFor(() => expect(api.calls).toHaveLength(1));

    await client.call("profiles.use", { id: "default" });
    await client.call("profiles.remove", other);
    answered.resolve();

    await refused;
    expect((await client.call("secrets.status", {})).profiles).toEqual([]);
  });

  it("is no webhook's secret any more where everything was erased meanwhile", async () => {
    const answered = Promise.withResolvers<void>();
    await using api = await startFakeApi(async ({ method, path }) => {
      const webhook = { webhookId: "wh", url: "https://a.example/", events: [], signatureSecret: "s", createdAt: "" };
      if (path === "/webhooks/wh_late") {
        await answered.promise;
        return { body: { ...webhook, webhookId: "wh_late", signatureSecret: "late" } };
      }
      return method === "POST" ? { status: 201, body: webhook } : { body: NO_WEBHOOKS };
    });
    await using started = await startEngine({ apiKey: "k" });
    const { client, engine, log } = started;
    await client.call("settings.update", { api: api.url });
    await sendDelivery(engine.listenerUrl, { webhookId: "wh_late", secret: "late" });
    await vi.waitFor(() => expect(api.calls.map(({ path }) => path)).toContain("/webhooks/wh_late"));

    await client.call("app.erase", { confirm: "erase everything" });
    answered.resolve();

    // They are looked up one after the other: this one's end comes after the other's.
    await sendDelivery(engine.listenerUrl, { webhookId: "wh_unknown", secret: "x" });
    await vi.waitFor(() => expect(JSON.stringify(log.lines)).toContain("recheck.secret_unknown"));
    expect((await client.call("secrets.status", {})).webhookIds).not.toContain("wh_late");
  });

  it("is no secret of a webhook that was asked for before everything was erased", async () => {
    const answered = Promise.withResolvers<void>();
    await using api = await startFakeApi(async ({ method }) => {
      if (method !== "POST") return { body: NO_WEBHOOKS };
      await answered.promise;
      return {
        status: 201,
        body: { webhookId: "wh_late", url: "", events: [], signatureSecret: "late", createdAt: "" },
      };
    });
    await using started = await startEngine({ connect: false, apiKey: "k" });
    const { client } = started;
    await client.call("settings.update", { api: api.url });
    const made = client.call("webhooks.register", { url: "https://a.example/hook", events: ["video.uploaded"] });
    await vi.waitFor(() => expect(api.calls.map(({ method }) => method)).toContain("POST"));

    await client.call("app.erase", { confirm: "erase everything" });
    answered.resolve();

    expect(await made).toMatchObject({ webhookId: "wh_late" });
    expect((await client.call("secrets.status", {})).webhookIds).toEqual([]);
  });
});
