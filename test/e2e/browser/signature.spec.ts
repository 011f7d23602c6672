import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

test("a re-serialised delivery leads to the bytes that changed and to a handler for the user's stack", async ({
  app,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const type = "video.encoding.quality.completed";
  await inspector.client.call("simulator.trigger", { type, signature: "reserialised" });
  await app.rows("Failed").click();

  await app.detail.getByRole("button", { name: "Evidence and fix" }).click();

  const bytes = app.detail.getByRole("region", { name: "The bytes that changed" });
  await expect(bytes.getByRole("region", { name: "as received" }).locator("mark").first()).toHaveText("·");
  await expect(bytes.getByRole("region", { name: "as signed" })).toContainText(type);
  const check = app.detail.getByRole("region", { name: "The check" });
  await expect(check).toContainText(/\d\d of 64 digits differ/);

  const code = app.detail.getByRole("region", { name: "In your code" });
  await code.getByLabel("Stack").selectOption("Flask");
  await expect(code).toContainText("request.get_data() gives the bytes");
  await code.getByRole("button", { name: "Copy code" }).click();
  await expect(code.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await app.page.evaluate(() => navigator.clipboard.readText())).toContain("hmac.compare_digest");

  await app.page.reload();
  await expect(code.getByLabel("Stack")).toHaveValue("flask");
  await code.getByLabel("Stack").selectOption("Laravel");
  await expect(code).toContainText("Not run in our tests");
});

test("the right secret is found by trying, kept on request, and shown nowhere", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_mine", value: "sig_sec_old" });
  await sendDelivery(inspector.listenerUrl, { webhookId: "webhook_mine", secret: "sig_sec_canary" });
  await app.rows("Failed").click();
  await app.tab("Signature").click();
  const trial = app.detail.getByRole("region", { name: "Try another secret" });
  const secret = trial.getByLabel("Secret", { exact: true });

  await secret.fill("sig_sec_wrong");
  await secret.press("Enter");
  await expect(trial.getByRole("status")).toContainText("It does not fit.");
  await secret.fill(" sig_sec_canary\n");
  await trial.getByRole("button", { name: "Check" }).click();
  await expect(trial.getByRole("status")).toContainText("It fits.");
  await expect(app.rows("Failed")).toHaveCount(1);
  await trial.getByRole("button", { name: "Keep it for this webhook" }).click();

  await expect(app.rows("Verified")).toHaveCount(1);
  await expect(app.detail).toBeFocused();
  await expect(app.detail.getByRole("region", { name: "What this proves" })).toContainText("Every byte of the body");
  expect(await app.page.content()).not.toContain("sig_sec_canary");
  expect(app.page.url()).not.toContain("canary");
});
