import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

test("the filter narrows the list, follows what arrives, and can be cleared", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
  await expect(app.rows()).toHaveCount(2);

  await app.filter.fill("caption");
  await expect(app.rows()).toHaveCount(1);
  await expect(app.rows()).toContainText("Captions ready");
  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.ended" });
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows("Captions ready")).toHaveCount(2);

  await app.filter.fill("nothing is like this");
  await expect(page.getByRole("heading", { name: "No delivery matches the filter" })).toBeVisible();
  await page.getByRole("region", { name: "Deliveries" }).getByRole("button", { name: "Clear filter" }).last().click();

  await expect(app.rows()).toHaveCount(4);
});

test("new rows never move what is being read, and a pill leads to them", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 60 });
  await expect(app.list).toHaveAttribute("aria-rowcount", "61");
  await app.list.hover();
  await page.mouse.wheel(0, 600);
  const reading = app.rows().nth(20);
  await expect(reading).toBeInViewport();
  await reading.click();
  const before = await app.selectedRow.boundingBox();

  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started", count: 3 });

  await expect(page.getByRole("button", { name: "3 new" })).toBeVisible();
  expect((await app.selectedRow.boundingBox())?.y).toBe(before?.y);
  await page.getByRole("button", { name: "3 new" }).click();
  await expect(app.rows("Live started").first()).toBeInViewport();
});

test("a row tells of its place among all, whatever part of the list exists", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await Promise.all(Array.from({ length: 450 }, () => sendDelivery(inspector.listenerUrl)));
  await page.reload();
  await expect(app.list).toHaveAttribute("aria-rowcount", "451");
  expect(await app.rows().count()).toBeLessThan(100);

  await page.keyboard.press("Shift+G");
  await expect(app.selectedRow).toHaveAttribute("aria-rowindex", "201");
  await expect(async () => {
    await page.keyboard.press("Shift+G");
    await expect(app.selectedRow).toHaveAttribute("aria-rowindex", "451", { timeout: 200 });
  }).toPass();
});
