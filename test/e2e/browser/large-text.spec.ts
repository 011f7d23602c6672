import { expect, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";
import { tour } from "../tour.ts";

// As set in the browser's own settings, which media queries in rem follow as well.
test.use({ browserSwitches: ["--blink-settings=defaultFontSize=32"] });

test("text of twice the size is whole everywhere", async ({ app, page, inspector }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("32px");

  await tour(app, inspector, (view) => expectNothingCut(page, view));
});
