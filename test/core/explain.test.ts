import { expect, it } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { startEngine } from "../helpers/start-engine.ts";

it.each([
  ["that names its webhook", "webhook_a"],
  ["that names no webhook", undefined],
])("a secret can be tried on a delivery %s, and is not kept", async (_, webhookId) => {
  await using started = await startEngine({ connect: false });
  const { client, engine } = started;
  await client.call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: "sig_sec_old" });
  await sendDelivery(engine.listenerUrl, { secret: "sig_sec_right", ...(webhookId && { webhookId }) });

  const right = await client.call("verification.explain", { id: "d1", secret: "sig_sec_right" });
  const wrong = await client.call("verification.explain", { id: "d1", secret: "sig_sec_wrong" });

  expect(right).toMatchObject({ state: "verified", computed: right.received });
  expect(wrong).toMatchObject({ state: "failed", cause: "no-match" });
  expect((await client.call("deliveries.get", { id: "d1" })).verification.state).toBe("failed");
});
