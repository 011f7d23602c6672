import { expect, type Inspector } from "./fixtures.ts";
import type { InspectorPage } from "./pages/inspector-page.ts";

/** Selects one of sixty deliveries, below the top; answers where it stands. */
export async function readFurtherDown(app: InspectorPage, inspector: Inspector) {
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 60 });
  await expect(app.list).toHaveAttribute("aria-rowcount", "61");
  await app.list.hover();
  await app.page.mouse.wheel(0, 600);
  const reading = app.list.locator('[aria-rowindex="25"]');
  await expect(reading).toBeInViewport();
  await reading.click();
  return await app.selectedRow.boundingBox();
}
