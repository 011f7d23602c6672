import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { expect, receiveFirst, skipFirstRun, test } from "../fixtures.ts";

test("a delivery is copied as a command that sends the same bytes", async ({ app, page, inspector, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await using receiver = await startReceiver();
  await receiveFirst(app, inspector);
  await inspector.client.call("settings.update", { forwardTo: receiver.url });

  await app.rows().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Copy as cURL" }).click();
  await expect(app.toast(/^Copied as cURL for bash/)).toBeVisible();

  await promisify(execFile)("bash", ["-c", await page.evaluate(() => navigator.clipboard.readText())]);
  const { base64 } = await inspector.client.call("deliveries.body", { id: "d1" });
  expect(receiver.requests.map(({ body }) => body.toString("base64"))).toEqual([base64]);
});

test("a delivery is copied as code in a language that is chosen, from its menu", async ({
  app,
  page,
  inspector,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await using receiver = await startReceiver();
  await receiveFirst(app, inspector);
  await inspector.client.call("settings.update", { forwardTo: receiver.url });

  await app.rows().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Copy as code…" }).click();
  await page.getByRole("option", { name: "Node.js" }).click();
  await expect(app.toast(/^Copied as code in Node\.js/)).toBeVisible();

  await promisify(execFile)(process.execPath, ["-e", await page.evaluate(() => navigator.clipboard.readText())]);
  const { base64 } = await inspector.client.call("deliveries.body", { id: "d1" });
  expect(receiver.requests.map(({ body }) => body.toString("base64"))).toEqual([base64]);
});

test("what code cannot send is not copied as code, and why is said", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { body: Buffer.from([0xff, 0x00]) });
  await app.rows().click();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("copy as code");
  await page.keyboard.press("Enter");
  await page.getByPlaceholder("Choose").fill("go");
  await page.keyboard.press("Enter");

  await expect(app.toast(/^It cannot be copied\. Its body is no UTF-8 text.*Use raw or cURL/)).toBeVisible();
});

test("marked deliveries are saved as one HAR, and what only a part arrived of is left out", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  for (const n of [1, 2]) await sendDelivery(inspector.listenerUrl, { body: JSON.stringify({ n }) });
  await sendDelivery(inspector.listenerUrl, { body: "x".repeat(11 * 1024 * 1024) });
  await expect(app.rows()).toHaveCount(3);
  await app.list.focus();
  await page.keyboard.press("Control+a");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("save as har");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");

  const har = JSON.parse(readFileSync(await (await download).path(), "utf8"));
  expect(
    har.log.entries.map(({ request }: { request: { postData: { text: string } } }) => request.postData.text),
  ).toEqual(['{"n":1}', '{"n":2}']);
  await expect(app.toast(/^2 deliveries saved.*; 1 left out: Only a part of it arrived\.$/)).toBeVisible();
});
