import { expect, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";
import { fill, tour } from "../tour.ts";

/** What is left of a window of 1280 pixels (WCAG 2.2, 1.4.4 and 1.4.10), and the smallest window itself. */
const WINDOWS = [
  // Its other views are looked at with wider text, which is stricter (user-styles.spec.ts).
  { name: "in a window of 320 px", viewport: { width: 320, height: 800 }, deviceScaleFactor: 1, isToured: false },
  { name: "at 200 % zoom", viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, isToured: true },
  { name: "at 400 % zoom", viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, isToured: true },
];

for (const { name, isToured, ...size } of WINDOWS) {
  test.describe(() => {
    test.use(size);

    if (isToured) {
      test(`${name} nothing is cut off and nothing scrolls sideways`, async ({ app, page, inspector }) => {
        await tour(app, inspector, (view) => expectNothingCut(page, view));
      });
    }

    test(`${name} the detail covers the list, shows all it has, and leads back`, async ({ app, inspector }) => {
      await fill(inspector);

      await app.rows("Failed").first().click();
      await expect(app.list).toBeHidden();
      await expect(app.detail).toBeFocused();
      const last = app.detail.getByText("The height of the rendition.");
      await last.scrollIntoViewIfNeeded();
      await expect(last).toBeInViewport({ ratio: 1 });

      await app.detail.getByRole("button", { name: "Back" }).click();
      await expect(app.list).toBeVisible();
      await expect(app.list).toBeFocused();
    });
  });
}

test.describe(() => {
  test.use({ viewport: { width: 320, height: 800 } });

  test("in a window of 320 px the head of a delivery takes a quarter of the height at most", async ({
    app,
    inspector,
  }) => {
    await fill(inspector);
    await app.rows("Failed").first().click();

    const tabs = await app.detail.getByRole("tablist").boundingBox();
    const detail = await app.detail.boundingBox();
    const headPx = (tabs?.y ?? Number.NaN) + (tabs?.height ?? 0) - (detail?.y ?? 0);

    expect(headPx).toBeLessThanOrEqual(800 / 4);
  });
});

test("at 200 % zoom the head of a dialog covers nothing that Tab goes to", async ({ app, page, inspector }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await skipFirstRun(inspector);
  await page.keyboard.press("t");
  const event = app.dialog.getByLabel("Event");
  await expect(event).toBeFocused();

  for (const key of ["Tab", "Shift+Tab"]) {
    const end = app.dialog.getByRole("button", { name: key === "Tab" ? "Broadcast live" : "Close" });
    while (!(await end.evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press(key);
      const isCovered = await page.evaluate(() => {
        const focused = document.activeElement;
        const box = focused?.getBoundingClientRect() ?? new DOMRect();
        return focused?.contains(document.elementFromPoint(box.x + box.width / 2, box.y + 2)) !== true;
      });
      expect(isCovered, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))).toBe(false);
    }
  }
});
