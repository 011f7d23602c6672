import { expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { canary } from "../helpers/canary.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { startEngine } from "../helpers/start-engine.ts";

it("tell what helps, and nothing of secrets, payloads, names and addresses", async () => {
  const texts = Array.from({ length: 12 }, canary);
  const [apiKey, envSecret, webhookSecret, profileKey, body, note, path, target, host, profile, webhookId, event] =
    texts as [string, string, string, string, string, string, string, string, string, string, string, string];
  await using receiver = await startReceiver();
  await using started = await startEngine({
    apiKey,
    webhookSecret: envSecret,
    flags: { api: receiver.url, tunnelHost: `https://${host}.example` },
  });
  const { client, engine } = started;
  await client.call("settings.update", {
    forwardTo: `${receiver.url}/${target}?token=${target}`,
    allowedTargets: [`${host}.example`],
    events: [event],
    tunnel: `https://${host}.example/`,
  });
  await client.call("profiles.save", { name: profile });
  await client.call("secrets.set", { kind: "webhook", webhookId, value: webhookSecret });
  await client
    .call("secrets.set", { kind: "api-key", environment: "custom", value: profileKey })
    .catch(() => undefined);
  await sendDelivery(`${engine.listenerUrl}/${path}`, {
    webhookId,
    secret: body,
    body: JSON.stringify({ type: body }),
  });
  const [delivery] = (await client.call("deliveries.list", {})).items;
  await client.call("deliveries.note", { id: delivery?.id ?? "", note });
  await vi.waitFor(async () => expect((await client.call("app.snapshot", {})).registration.phase).toBe("failed"));

  const hidden = await client.call("app.diagnostics", {});
  const shown = await client.call("app.diagnostics", { showHosts: true });

  for (const text of texts) expect(hidden.text).not.toContain(text);
  for (const text of texts.filter((one) => one !== host)) expect(shown.text).not.toContain(text);
  expect(shown.text).toContain(`${host}.example`);
  expect(hidden.text).toMatch(/version +\d+\.\d+\.\d+/);
  expect(hidden.text).toMatch(/api +http:\/\/127\.0\.0\.1:\d+ \(flag\)/);
  expect(hidden.text).toMatch(/registration +failed/);
  expect(hidden.text).toMatch(/deliveries +1/);
  expect(hidden.text).toContain("What happened to the tunnel");
});

it("mask hosts that were in force before, and tell nothing of what was before an erasure", async () => {
  await using started = await startEngine({ connect: false });
  const { client, engine } = started;
  await client.call("settings.update", { forwardTo: "http://dev.corp.internal/hook" });
  await sendDelivery(engine.listenerUrl, { webhookId: "wh", secret: "s" });
  await vi.waitFor(async () => expect((await client.call("app.snapshot", {})).problems).toHaveLength(1));
  await client.call("settings.update", { forwardTo: "http://localhost:1/" });

  const { text } = await client.call("app.diagnostics", {});
  expect(text).toContain("Nothing is forwarded");
  expect(text).not.toContain("dev.corp.internal");

  await client.call("app.erase", { confirm: "erase everything" });
  expect((await client.call("app.diagnostics", {})).text).toMatch(/Problems of this run\n {2}none/);
});
