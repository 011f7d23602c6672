import { describe, expect, it, vi } from "vitest";
import { createRecheck } from "#core/recheck.ts";
import type { Store } from "#core/store/store.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { startEngine } from "../helpers/start-engine.ts";

describe("a delivery that could not be checked", () => {
  it("is checked again when the secret of its webhook is entered, and the change is announced", async () => {
    await using started = await startEngine({ connect: false });
    await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_mine", secret: "sig_sec_later" });
    const [before] = (await started.client.call("deliveries.list", {})).items;
    expect(before?.verification).toEqual({ state: "unchecked", cause: "unknown-webhook" });

    await started.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_mine", value: "sig_sec_later" });

    const [after] = (await started.client.call("deliveries.list", {})).items;
    expect(after?.verification).toEqual({ state: "verified" });
    expect(started.events.filter((event) => event.name === "delivery.updated")).toHaveLength(1);
    expect((await started.client.call("app.snapshot", {})).counts).toMatchObject({ verified: 1, unchecked: 0 });
  });

  it("is checked with the webhook's secret from the account, which is asked for once", async () => {
    await using started = await startEngine();
    await vi.waitFor(async () =>
      expect((await started.client.call("app.snapshot", {})).registration.phase).toBe("registered"),
    );
    const simulatorUrl = started.engine.simulatorUrl() ?? "";
    const authorization = `Basic ${Buffer.from("simulator:").toString("base64")}`;
    const created = await fetch(`${simulatorUrl}/webhooks`, {
      method: "POST",
      headers: { Authorization: authorization, "Content-Type": "application/json" },
      body: JSON.stringify({ url: "https://example.com/hook", events: ["video.encoding.quality.completed"] }),
    });
    const { webhookId, signatureSecret } = await created.json();

    await sendDelivery(started.engine.listenerUrl, { webhookId, secret: signatureSecret });

    await vi.waitFor(async () => {
      const [delivery] = (await started.client.call("deliveries.list", {})).items;
      expect(delivery?.verification).toEqual({ state: "verified" });
    });
    expect((await started.client.call("secrets.status", {})).webhookIds).toContain(webhookId);
  });

  it("that fails keeps its place as failed when another secret is entered", async () => {
    await using started = await startEngine({ connect: false });
    await started.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: "sig_sec_a" });
    await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_a", secret: "sig_sec_b" });

    await started.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_b", value: "sig_sec_b" });
    await started.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: "sig_sec_a2" });

    const [delivery] = (await started.client.call("deliveries.list", {})).items;
    expect(delivery?.verification).toEqual({ state: "failed", cause: "wrong-secret" });
  });
});

describe("the look-up of webhooks that nobody knows", () => {
  it("goes on after a stranger made up as many as are asked for at once", async () => {
    let now = 0;
    const asked: string[] = [];
    const unused = () => Promise.reject(new Error("Nobody asks for this."));
    const recheck = createRecheck({
      ...{ clock: { now: () => now }, log: silentLog(), verify: () => ({ state: "unsigned" }), publish() {} },
      ...{ erasures: () => 0, keepSecret: unused, store: { content: unused } as unknown as Store },
      async fetchSecret(webhookId) {
        asked.push(webhookId);
        return null;
      },
    });
    for (let n = 0; n < 500; n++) recheck.lookUp(`made-up-${n}`);
    recheck.lookUp("real");
    await vi.waitFor(() => expect(asked).toHaveLength(100));
    expect(asked).not.toContain("real");

    now += 60_000;
    recheck.lookUp("real");

    await vi.waitFor(() => expect(asked.at(-1)).toBe("real"));
    for (let n = 500; n < 600; n++) recheck.lookUp(`made-up-${n}`);
    await vi.waitFor(() => expect(asked).toHaveLength(110));
  });
});
