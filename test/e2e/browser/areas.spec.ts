import { startReceiver } from "../../helpers/receiver.ts";
import { cutLine, joinLine, makeLineCuttable } from "../cut-line.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

test("the webhooks of the account are listed, ours marked; one can be made and deleted", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.openArea("Webhooks");
  const area = page.getByRole("main", { name: "Webhooks" });
  await expect(area.getByRole("listitem").filter({ hasText: "In use now" })).toContainText("Made here");

  await area.getByLabel("URL").fill("https://example.com/elsewhere");
  await area.getByRole("button", { name: "Create webhook" }).click();
  const made = area.getByRole("listitem").filter({ hasText: "https://example.com/elsewhere" });
  await expect(made).toContainText("Secret known");
  await made.getByRole("button", { name: /^Delete/ }).click();
  await made.getByRole("button", { name: "Delete for good" }).click();

  await expect(made).toHaveCount(0);
});

test("a setting counts at once, and what cannot be used is said beside it", async ({ app, page, inspector }) => {
  await using receiver = await startReceiver();
  await skipFirstRun(inspector);
  await app.openArea("Settings");
  const target = page.getByLabel("Forward to");

  await target.fill("ftp://nowhere");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("http:// or https://");
  await target.fill(receiver.url);
  await page.getByRole("button", { name: "Save" }).click();

  await expect(app.status).toContainText(new URL(receiver.url).port);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect.poll(() => receiver.requests.length).toBe(1);
});

test("the theme follows the setting", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await app.openArea("Settings");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  await page.getByLabel("Theme").selectOption("light");
  await expect.poll(background).toBe("rgb(246, 247, 249)");
  await page.getByLabel("Theme").selectOption("dark");
  await expect.poll(background).toBe("rgb(14, 17, 22)");
});

test("all deliveries are cleared only after a question", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
  await app.openArea("Settings");

  await page.getByRole("button", { name: "Clear all deliveries" }).click();
  await page.getByRole("button", { name: "Clear 3 deliveries" }).click();

  await app.openArea("Deliveries");
  await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
});

test("while the inspector does not answer, what needs it is off and says why, and comes back by itself", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await makeLineCuttable(page);
  await page.reload();
  await app.rows().first().click();
  const replay = app.detail.getByRole("button", { name: "Replay" });
  const trigger = app.status.getByRole("button", { name: "Trigger event" });
  await replay.focus();

  await cutLine(page);
  for (const button of [replay, trigger, app.detail.getByRole("button", { name: /^Pin/ })]) {
    await expect(button).toBeDisabled();
    await expect(button).toHaveAttribute("title", "The inspector does not answer.");
  }
  await expect(app.status.getByRole("button", { name: "Commands" })).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(app.toast(/./)).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("replay delivery");
  await expect(app.dialog).toContainText("Nothing answers");
  await page.keyboard.press("Escape");

  await joinLine(page);
  await expect(replay).toBeEnabled();
  await expect(replay).toBeFocused();
  await expect(trigger).not.toHaveAttribute("title", /./);
});

test("when the inspector ends, the page says so and keeps what was last known", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);

  await inspector.child.end("SIGTERM");

  await expect(app.problems).toContainText("The inspector does not answer.");
  await expect(app.rows()).toHaveCount(1);
});
