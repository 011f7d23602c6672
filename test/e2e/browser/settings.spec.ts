import { CLI, startChild } from "../../helpers/child.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

test("one finds a setting by its words, its flag or its value, and gets to a part by its address", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.openArea("Settings");
  const area = page.getByRole("main", { name: "Settings" });
  const search = area.getByLabel("Search the settings");

  await search.fill("--listener");
  await expect(area.getByRole("status")).toHaveText("1 setting");
  await expect(area.getByRole("group", { name: "Listener port" })).toContainText("Flag --listener-port");
  await expect(area.locator("mark").first()).toHaveText("--listener");
  await search.fill("--no-open");
  await expect(area.getByRole("group", { name: "Open the browser" })).toContainText("start the app without --no-open");
  await search.fill("zebra");
  await expect(area).toContainText("No setting fits");
  await area.getByRole("button", { name: "Show all settings" }).click();

  await area.getByRole("link", { name: "Your server" }).click();
  await expect(area.getByRole("heading", { name: "Your server" })).toBeFocused();
  await expect(page).toHaveURL(/#\/settings\/server$/);
  await page.reload();
  await expect(area.getByRole("heading", { name: "Your server" })).toBeInViewport();
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
});

test("whoever goes from part to part of the settings comes back to the list as it was", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  for (const signature of ["valid", "wrong-secret"] as const)
    await inspector.client.call("simulator.trigger", { type: "video.caption.generated", signature });
  await app.rows("Failed").click();
  await app.tab("Headers").click();
  await app.filter.fill("sig:failed ");
  await expect(app.rows()).toHaveCount(1);

  await app.openArea("Settings");
  await page.getByRole("link", { name: "Storage" }).click();
  await expect(page.getByRole("heading", { name: "Storage" })).toBeFocused();
  await app.openArea("Deliveries");

  await expect(app.chip("sig:failed")).toBeVisible();
  await expect(app.selectedRow).toContainText("Failed");
  await expect(app.detail.getByRole("tabpanel", { name: "Headers" })).toBeVisible();
});

test("the palette leads to one setting, whatever the page was searched for, and its address does too", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const field = page.getByLabel("Allowed hosts");
  const goThere = async (): Promise<void> => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("allowd hosts");
    await expect(app.dialog.getByRole("option", { selected: true })).toHaveText("Settings: Allowed hosts");
    await page.keyboard.press("Enter");
    await expect(field).toBeFocused();
    await expect(field).toBeInViewport();
  };

  await goThere();
  await page.getByLabel("Search the settings").fill("theme");
  await expect(field).toHaveCount(0);
  await goThere();
  await page.getByRole("link", { name: "Look" }).click();
  await goThere();
  await page.reload();
  await expect(field).toBeFocused();
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
});

test("a setting goes back to its default, and from there to what it was", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { forwardTo: "3000" });
  await app.openArea("Settings");
  const target = page.getByLabel("Forward to");

  await page.getByRole("button", { name: "Back to default for Forward to" }).click();
  await expect(target).toHaveValue("");
  await app.toast("back to its default").getByRole("button", { name: "Undo" }).click();

  await expect(target).toHaveValue("http://localhost:3000/");
});

test("what is ticked shows at once, and the next tick builds on it, however slow the saving is", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  await page.route("**/api/call/settings.update", async (route) => {
    await held;
    await route.continue();
  });
  await app.openArea("Settings");

  await page.getByLabel("When webhooks stop coming through").uncheck();
  await page.getByLabel("When a signature fails").uncheck();
  await page.getByLabel("Theme", { exact: true }).selectOption("dark");
  await expect(page.getByLabel("Theme", { exact: true })).toHaveValue("dark");
  letGo();

  await expect
    .poll(async () => (await inspector.client.call("settings.get", {})).values)
    .toMatchObject({ notifyOn: { path: false, failedSignature: false, types: [] }, theme: "dark" });
});

test("what a flag decides is off, and says which flag and why", async ({ page }) => {
  using dir = tempDir();
  const args = ["--data-dir", dir.path, "--listener-port", "0", "--ui-port", "0"];
  await using child = await startChild([...[CLI, "serve", "--json", "--no-open", ...args, "--forward-to", "3000"]]);
  await page.goto(`${child.ready["uiUrl"]}`);
  await expect(page.getByRole("region", { name: "Status" })).toContainText("Listener");
  await page.keyboard.press("Shift+S");
  await expect(page.getByLabel("Search the settings")).toBeFocused();

  await expect(page.getByLabel("Forward to")).toBeDisabled();
  await expect(page.getByLabel("Forward to")).toHaveAccessibleDescription(
    /Set by --forward-to when the app was started/,
  );
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
