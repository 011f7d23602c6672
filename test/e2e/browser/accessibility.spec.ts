import { expectNoFindings } from "../axe.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";
import { fill, tourFilter } from "../tour.ts";

test("axe finds nothing in either theme before anything came", async ({ app, page, inspector }) => {
  await expect(page.getByRole("heading", { name: "Receive your first webhook" })).toBeVisible();
  await expectNoFindings(page);

  await skipFirstRun(inspector);
  await expect(app.detail).toContainText("Select a delivery");
  await expectNoFindings(page);
});

test("axe finds nothing in either theme in what deliveries show", async ({ app, page, inspector }) => {
  // Eight looks of axe in two themes, of which each takes a second or two on a busy machine.
  test.slow();
  await fill(inspector);
  for (const word of ["Failed", "Verified", "Unchecked"]) {
    await app.rows(word).first().click();
    await expect(app.detail).toContainText("What happened");
    await expectNoFindings(page);
  }
  for (const tab of ["Payload", "Headers", "Attempts", "Raw"] as const) {
    await app.tab(tab).click();
    await expect(app.detail.getByRole("tabpanel", { name: tab })).not.toContainText("Loading");
    await expectNoFindings(page);
  }
  await app.detail.getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menu", { name: "Delivery" })).toBeVisible();
  await expectNoFindings(page);
});

test("axe finds nothing in either theme in the filter", async ({ app, page, inspector }) => {
  await fill(inspector);
  await expect(app.rows()).toHaveCount(5);
  await tourFilter(app, () => expectNoFindings(page));
});

test("axe finds nothing in either theme in the other areas and the dialog", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await app.openArea("Webhooks");
  await expect(page.getByRole("main", { name: "Webhooks" })).toContainText("New webhook");
  await expectNoFindings(page);
  await app.openArea("Settings");
  await expect(page.getByRole("main", { name: "Settings" })).toContainText("Listener port");
  await page.locator("#setting-shortcuts summary").click();
  await page.getByRole("button", { name: "Change r of Replay delivery" }).click();
  await expectNoFindings(page);
  for (const button of ["Copy diagnostics", "Erase everything"]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await expect(app.dialog).toContainText(/Database|signing secrets of/);
    await expectNoFindings(page);
    await page.keyboard.press("Escape");
    await expect(app.dialog).toHaveCount(0);
  }
  await app.status.getByRole("button", { name: "Commands" }).click();
  await expect(app.palette).toBeFocused();
  await expectNoFindings(page);
  await page.keyboard.press("Escape");
  await app.status.getByRole("button", { name: "Trigger event" }).click();
  await expect(app.dialog.getByLabel("Signature")).toBeVisible();
  await expectNoFindings(page);
  await app.dialog.getByRole("button", { name: "Play a scenario…" }).click();
  await app.dialog.getByRole("radio", { name: "A broadcast" }).click();
  await expectNoFindings(page);
  await app.dialog.getByRole("button", { name: "Play", exact: true }).click();
  await expect(page.getByRole("region", { name: "Scenario" })).toContainText("1 of 8 events sent");
  await expectNoFindings(page);
});

test("every control is at least 24 px wide and high", async ({ app, page, inspector }) => {
  await fill(inspector);
  await app.rows("Failed").first().click();
  await expect(app.detail).toContainText("What happened");

  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, select, input:not([type=checkbox]), [role=tab], [role=row][aria-selected]")]
      .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 120) }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24)),
  );

  expect(small).toEqual([]);
});

test("what arrives is announced, all of it in one sentence", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 2 });
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", signature: "reserialised" });
  await expect(app.rows()).toHaveCount(3);

  await expect(page.locator("[aria-live=polite].sr-only")).toHaveText("3 new deliveries, 1 failed", {
    timeout: 12_000,
  });
});

test("list and detail stand side by side in a wide window and one above the other in a small one", async ({
  app,
  page,
  inspector,
}) => {
  await fill(inspector);
  await app.rows("Failed").first().click();

  await page.setViewportSize({ width: 1360, height: 860 });
  await expect.poll(async () => (await app.detail.boundingBox())?.y === 44).toBe(true);
  await page.setViewportSize({ width: 900, height: 860 });
  await expect
    .poll(async () => ((await app.detail.boundingBox())?.y ?? 0) > ((await app.list.boundingBox())?.y ?? 0))
    .toBe(true);
});
