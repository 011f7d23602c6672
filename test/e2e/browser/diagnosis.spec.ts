import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

test("a failed delivery says what broke its signature, byte by byte", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", {
    type: "video.encoding.quality.completed",
    signature: "reserialised",
  });

  await app.rows("Failed").click();

  const card = app.detail.getByRole("region", { name: "Signature" });
  await expect(card).toContainText("Signed over re-serialised JSON");
  await expect(card).toContainText(/as received, \d+ bytes/);
  await expect(card.locator("mark").first()).toHaveText("·");
  await expect(card).toContainText(/as signed, \d+ bytes/);
});

test("a wrong secret is named with the webhook whose secret it is", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", signature: "wrong-secret" });

  await app.rows("Failed").click();

  await expect(app.detail.getByRole("region", { name: "Signature" })).toContainText(
    "fits these bytes with the secret of webhook_simulated_other",
  );
});

test("a delivery of an unknown webhook is verified once its secret is entered", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { webhookId: "webhook_elsewhere", secret: "sig_sec_canary" });
  await app.rows("Unchecked").click();

  await app.detail.getByRole("button", { name: "Enter its secret" }).click();
  await app.dialog.getByLabel("Signing secret").fill("sig_sec_canary");
  await app.dialog.getByRole("button", { name: "Keep secret" }).click();

  await expect(app.rows("Verified")).toHaveCount(1);
  await expect(app.detail.getByRole("region", { name: "Signature" })).toContainText("webhook_elsewhere");
  expect(await app.page.content()).not.toContain("sig_sec_canary");
});

test("an incomplete delivery says so and what it means", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { body: Buffer.alloc(11 * 1024 * 1024, "x") }).catch(() => undefined);

  await app.rows("cut").click();

  await expect(app.detail).toContainText("Incomplete: cut");
  await expect(app.detail).toContainText("This delivery is not whole.");
});
