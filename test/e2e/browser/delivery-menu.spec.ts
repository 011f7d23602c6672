import { expect, skipFirstRun, test } from "../fixtures.ts";

test("a row has a menu, by key and by pointer, and so has the detail", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  for (const type of ["live-stream.broadcast.started", "video.caption.generated"]) {
    await inspector.client.call("simulator.trigger", { type });
  }
  await expect(app.rows()).toHaveCount(2);
  const menu = page.getByRole("menu", { name: "Delivery" });

  await page.keyboard.press("j");
  await app.list.focus();
  await page.keyboard.press("Shift+F10");
  await expect(menu.getByRole("menuitem", { name: "Replay delivery" })).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(app.list).toBeFocused();
  await expect(app.selectedRow).toContainText("Captions ready");

  await app.rows("Live started").click({ button: "right" });
  await menu.getByRole("menuitem", { name: "Pin delivery" }).click();
  await expect(app.rows("Live started").getByRole("img", { name: "Pinned" })).toBeVisible();
  await expect(app.selectedRow).toContainText("Live started");
  await expect(app.list).toBeFocused();

  const more = app.detail.getByRole("button", { name: "More" });
  await more.press("Enter");
  await menu.getByRole("menuitem", { name: "Delete delivery" }).press("Enter");
  await expect(app.rows()).toHaveCount(1);
});
