import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { canary } from "../helpers/canary.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { startEngine } from "../helpers/start-engine.ts";

describe("secrets of a running engine", () => {
  it("are in no log, event, reply or database, only in the file that is theirs", async () => {
    const webhookSecret = canary();
    const apiKey = canary();
    const environmentSecret = canary();
    await using receiver = await startReceiver();
    await using started = await startEngine({
      webhookSecret: environmentSecret,
      apiKey,
      flags: { api: receiver.url, forwardTo: receiver.url },
    });
    const { client } = started;
    const replies: unknown[] = [];
    const remember = async (call: Promise<unknown>) => replies.push(await call.catch((error) => error.toBody()));

    await remember(client.call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: webhookSecret }));
    await remember(client.call("secrets.set", { kind: "api-key", environment: "custom", value: apiKey }));
    for (const secret of [webhookSecret, environmentSecret, "another"]) {
      await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_a", secret });
    }
    const { items } = await client.call("deliveries.list", {});
    for (const { id } of items) {
      await remember(client.call("deliveries.get", { id }));
      await remember(client.call("verification.explain", { id, secret: webhookSecret }));
    }
    await remember(client.call("webhooks.list", {}));
    await remember(client.call("webhooks.register", {}));
    await remember(client.call("secrets.status", {}));
    await remember(client.call("app.snapshot", {}));
    await vi.waitFor(async () => expect((await client.call("app.snapshot", {})).registration.phase).toBe("failed"));

    const files = readdirSync(started.dataDir).filter((name) => name !== "secrets");
    const written = files.map((name) => readFileSync(join(started.dataDir, name), "latin1")).join();
    const everything = JSON.stringify([replies, started.events, started.log.lines]) + written;
    for (const secret of [webhookSecret, apiKey, environmentSecret]) expect(everything).not.toContain(secret);
    expect(readFileSync(join(started.dataDir, "secrets"), "utf8")).toContain(webhookSecret);
    expect(readFileSync(join(started.dataDir, "secrets"), "utf8")).not.toContain(environmentSecret);
  });
});
