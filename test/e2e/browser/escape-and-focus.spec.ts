import { expect, skipFirstRun, test } from "../fixtures.ts";

test("Escape goes back one level and leaves a message alone, or dismisses that from within and nothing else", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  for (const type of ["video.caption.generated", "live-stream.broadcast.ended"]) {
    await inspector.client.call("simulator.trigger", { type });
  }
  await expect(app.rows()).toHaveCount(2);
  await page.keyboard.press("j");
  await page.keyboard.press("Delete");
  const undo = app.toast("Delivery deleted").getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  const timeline = page.getByRole("main", { name: "Timeline" });
  await expect(timeline).toBeFocused();

  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();
  await expect(undo).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(timeline).toBeFocused();
  await page.keyboard.press("F8");
  await expect(undo).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(undo).toHaveCount(0);
  await expect(timeline).toBeFocused();
});

test("Escape closes what is open below a message that came later", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { savedSearches: [{ name: "Mine", query: "sig:failed" }] });
  await page.getByRole("button", { name: "Saved searches" }).press("Enter");
  await app.dialog.getByRole("button", { name: "Delete Mine" }).focus();
  await page.keyboard.press("Enter");
  await expect(app.toast("deleted")).toBeVisible();

  await page.keyboard.press("Escape");

  await expect(app.dialog).toHaveCount(0);
  await expect(app.toast("deleted")).toBeVisible();
  await expect(page.getByRole("button", { name: "Saved searches" })).toBeFocused();
});

test("the focus stays with the saved searches when one is saved, and when one is deleted", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.filter.fill("sig:failed");
  await page.getByRole("button", { name: "Saved searches" }).press("Enter");
  await app.dialog.getByLabel("Save the present filter as").fill("Mine");

  await page.keyboard.press("Enter");
  await expect(app.dialog).toContainText("is saved as “Mine”");
  await expect(app.dialog).toBeFocused();
  await app.dialog.getByRole("button", { name: "Delete Mine" }).focus();
  await page.keyboard.press("Enter");
  await expect(app.dialog).not.toContainText("Yours");
  await expect(app.dialog).toBeFocused();
});

test("what is closed leaves the focus where it was, or where one was reading", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);
  const isFocusLost = () => page.evaluate(() => document.activeElement === document.body);

  expect(await isFocusLost()).toBe(true);
  await page.keyboard.press("Control+k");
  await expect(app.palette).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();

  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(app.detail).toBeFocused();
  await page.keyboard.press("n");
  await expect(app.detail.getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.keyboard.type("seen");
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("button", { name: "Edit note" })).toBeVisible();
  await expect(app.detail).toBeFocused();

  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });
  await settings.locator("summary").press("Enter");
  const key = settings.getByRole("button", { name: "Change p of Pin or unpin" });
  await key.press("Enter");
  await expect(settings.getByRole("textbox", { name: "Key instead of p" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(key).toBeFocused();
});

test("a button that goes with what it does leaves the focus to what it was about", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);
  await page.keyboard.press("j");
  await app.list.focus();

  await page.keyboard.press("d");
  await page.getByRole("region", { name: "Comparing" }).getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(app.list).toBeFocused();
  await app.filter.fill("captions");
  await page.getByRole("button", { name: "Clear filter" }).press("Enter");
  await expect(app.filter).toBeFocused();

  await app.detail.getByRole("button", { name: "Show its timeline" }).press("Enter");
  const timeline = page.getByRole("main", { name: "Timeline" });
  await expect(timeline).toBeFocused();
  await timeline.getByRole("button", { name: "Its delivery" }).press("Enter");
  await expect(app.list).toBeFocused();
});

test("Escape leads from one video to all of them first, and then to the deliveries", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);
  await page.keyboard.press("j");
  await page.keyboard.press("v");
  const timeline = page.getByRole("main", { name: "Timeline" });
  await expect(timeline).toBeFocused();

  await page.keyboard.press("Escape");
  await expect(timeline.getByRole("list", { name: "Videos and live streams" })).toBeVisible();
  await expect(timeline).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();
});
