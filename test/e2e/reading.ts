import { expect, type Inspector } from "./fixtures.ts";
import type { InspectorPage } from "./pages/inspector-page.ts";

/** Where the selected row stands in the list: a banner above, which a slow machine may live to see, moves both. */
export async function selectedPlace(app: InspectorPage): Promise<number> {
  return await app.selectedRow.evaluate((row) => {
    const list = row.closest("[role=treegrid]");
    return row.getBoundingClientRect().top - (list?.getBoundingClientRect().top ?? Number.NaN);
  });
}

/** Selects one of sixty deliveries, below the top; answers where it stands. */
export async function readFurtherDown(app: InspectorPage, inspector: Inspector): Promise<number> {
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 60 });
  await expect(app.list).toHaveAttribute("aria-rowcount", "61");
  await app.list.hover();
  await app.page.mouse.wheel(0, 600);
  const reading = app.list.locator('[aria-rowindex="25"]');
  await expect(reading).toBeInViewport();
  await reading.click();
  return await selectedPlace(app);
}
