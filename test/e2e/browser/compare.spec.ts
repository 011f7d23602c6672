import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, type Inspector, skipFirstRun, test } from "../fixtures.ts";
import type { InspectorPage } from "../pages/inspector-page.ts";

const EVENT = { type: "video.encoding.quality.completed", emittedAt: "2026-11-24T14:02:27Z", videoId: "vi1" };

test("d on one delivery and d on another shows what changed between them, and what may be ignored", async ({
  app,
  inspector,
  page,
}) => {
  await skipFirstRun(inspector);
  await sendDelivery(inspector.listenerUrl, { body: JSON.stringify({ ...EVENT, quality: "240p" }) });
  await sendDelivery(inspector.listenerUrl, {
    body: JSON.stringify({ ...EVENT, emittedAt: "2026-11-24T14:03:11Z", quality: "<b>480p</b>" }),
  });
  await expect(app.rows()).toHaveCount(2);

  await app.rows().last().click();
  await page.keyboard.press("d");
  await expect(page.getByRole("region", { name: "Comparing" })).toContainText("select another");
  await page.keyboard.press("k");
  await page.keyboard.press("d");

  // To be read first: arrows scroll it, and Tab goes on to what can be done.
  await expect(app.dialog).toBeFocused();
  const body = app.dialog.getByRole("list", { name: "Changes of the body", exact: true });
  await expect(body.getByRole("listitem")).toHaveCount(2);
  await expect(body).toContainText('"240p"');
  await expect(body).toContainText('"<b>480p</b>"');
  await expect(app.dialog.getByRole("textbox", { name: "Text after" })).toContainText("<b>480p</b>");

  await app.dialog.getByLabel("Ignore times").check();
  await expect(body.getByRole("listitem")).toHaveCount(1);
  // What is ignored is counted in words, and a step away with the reason.
  await expect(app.dialog.getByRole("status").first()).toContainText(/differences?, \d+ more ignored\./);
  await app.dialog.getByText("1 ignored change", { exact: true }).first().click();
  const ignored = app.dialog.getByRole("list", { name: "Changes of the body, ignored" });
  await expect(ignored).toContainText("emittedAta time");
  await body.getByRole("button", { name: "Ignore quality" }).click();
  await expect(body).toHaveCount(0);
  await app.dialog.getByRole("button", { name: "Do not ignore quality any more" }).click();
  await expect(body.getByRole("listitem")).toHaveCount(1);

  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Comparing" })).toHaveCount(0);
});

test("two long bodies are compared beside the window, and closing the dialog gives that up", async ({
  app,
  inspector,
  page,
}) => {
  await skipFirstRun(inspector);
  const rows = (quality: string) =>
    Array.from({ length: 12_000 }, (_, index) => ({ index, quality, name: "rendition" }));
  for (const quality of ["240p", "480p"]) {
    await sendDelivery(inspector.listenerUrl, { body: JSON.stringify({ ...EVENT, rows: rows(quality) }) });
  }
  await expect(app.rows()).toHaveCount(2);
  await app.rows().last().click();
  const compare = async () => {
    for (const key of ["d", "k", "d"]) await page.keyboard.press(key);
    await expect(app.dialog).toBeVisible();
  };
  const release = Promise.withResolvers<void>();
  await page.route("**/compare-worker*", async (route) => {
    await release.promise;
    await route.continue();
  });
  await compare();
  await expect(app.dialog.getByRole("status").first()).toContainText("Comparing…");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  release.resolve();
  await page.unrouteAll({ behavior: "ignoreErrors" });

  await page.keyboard.press("j");
  await compare();
  await expect(app.dialog.getByRole("status").first()).toContainText("differences");
  await expect(app.dialog).toContainText("more changes: see the text below");
  await expect(app.dialog).toContainText("drawn is what follows the first difference");
  await expect(app.dialog.getByRole("textbox", { name: "Text after" })).toContainText("480p");
});

test("a message covers neither what is marked nor what is compared, at any width", async ({ app, inspector, page }) => {
  await skipFirstRun(inspector);
  for (const quality of ["240p", "480p", "720p"]) {
    await sendDelivery(inspector.listenerUrl, { body: JSON.stringify({ ...EVENT, quality }) });
  }
  await expect(app.rows()).toHaveCount(3);
  await app.rows().last().click();
  for (const key of ["d", "k", "Delete"]) await page.keyboard.press(key);
  await expect(app.rows()).toHaveCount(2);
  await app.list.press("x");
  const toast = app.toast("Delivery deleted");
  await toast.hover();

  for (const width of [1360, 800, 320]) {
    await page.setViewportSize({ width, height: 800 });
    if (width === 320)
      await app.detail
        .getByRole("button", { name: /Back|Deliveries/ })
        .first()
        .click();
    const message = await toast.boundingBox();
    for (const bar of [
      page.getByRole("status", { name: "Marked deliveries" }),
      page.getByRole("region", { name: "Comparing" }),
      page.getByRole("toolbar", { name: "List" }),
    ]) {
      await expect(bar).toBeVisible();
      await expect
        .poll(async () => ((await toast.boundingBox())?.y ?? 0) + (message?.height ?? 0))
        .toBeLessThanOrEqual((await bar.boundingBox())?.y ?? 0);
    }
  }
});

/** Opens the comparison of two deliveries that differ in one value. */
async function compareTwo(app: InspectorPage, inspector: Inspector): Promise<void> {
  await skipFirstRun(inspector);
  for (const quality of ["240p", "480p"]) {
    await sendDelivery(inspector.listenerUrl, { body: JSON.stringify({ ...EVENT, quality }) });
  }
  await expect(app.rows()).toHaveCount(2);
  await app.rows().last().click();
  for (const key of ["d", "k", "d"]) await app.page.keyboard.press(key);
}

test("the number of a line stands beside it", async ({ app, inspector }) => {
  await compareTwo(app, inspector);

  const text = app.dialog.locator(".cm-merge-b");
  const number = text.locator(".cm-gutterElement").filter({ hasText: /^1$/, visible: true });
  const top = async (part: typeof number) => (await part.boundingBox())?.y;
  await expect(text.locator(".cm-line").first()).toBeVisible();
  expect(await top(number)).toBeCloseTo((await top(text.locator(".cm-line").first())) ?? Number.NaN, 0);
});

test("the palette that is opened as a comparison closes keeps the focus", async ({ app, inspector, page }) => {
  await compareTwo(app, inspector);
  await expect(app.dialog).toBeFocused();

  await Promise.all([page.keyboard.press("Escape"), page.keyboard.press("Control+k")]);

  await expect(app.palette).toBeFocused();
});

test("the sides are swapped where they stand, as often as one likes", async ({ app, inspector, page }) => {
  await skipFirstRun(inspector);
  for (const quality of ["240p", "480p"]) {
    await sendDelivery(inspector.listenerUrl, { body: JSON.stringify({ ...EVENT, quality }) });
  }
  await expect(app.rows()).toHaveCount(2);
  await app.rows("480p").click();
  for (const key of ["d", "j", "d"]) await page.keyboard.press(key);
  const before = app.dialog.getByRole("textbox", { name: "Text before" });
  await expect(before).toContainText("240p");
  const swap = app.dialog.getByRole("button", { name: "Swap the sides" });

  for (const quality of ["480p", "240p"]) {
    await swap.press("Enter");
    await expect(before).toContainText(quality);
    await expect(swap).toBeFocused();
  }
});
