import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";
import { readFurtherDown, selectedPlace } from "../reading.ts";

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
  const before = await readFurtherDown(app, inspector);

  await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started", count: 3 });

  await expect(page.getByRole("button", { name: "3 new" })).toBeVisible();
  expect(await selectedPlace(app)).toBe(before);
  await page.getByRole("button", { name: "3 new" }).click();
  await expect(app.rows("Live started").first()).toBeInViewport();
});

test("a row tells of its place among all, and the oldest and the newest are one key away", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const send = (n: number) => sendDelivery(inspector.listenerUrl, { body: encodingEvent({ quality: `${n}p` }) });
  await Promise.all(Array.from({ length: 900 }, (_, n) => send(n)));
  await page.reload();
  await expect(app.list).toHaveAttribute("aria-rowcount", "901");

  await page.keyboard.press("Shift+G");
  await expect(app.selectedRow).toHaveAttribute("aria-rowindex", "901");
  await expect(app.selectedRow).toBeInViewport();
  expect(await app.rows().count()).toBeLessThan(100);
  await send(900);
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(app.selectedRow).toHaveAttribute("aria-rowindex", "902");

  await page.reload();
  await expect(app.selectedRow).toHaveAttribute("aria-rowindex", "902");
  await expect(app.selectedRow).toBeInViewport();
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await expect(app.selectedRow).toHaveAttribute("aria-rowindex", "2");
  await expect(app.selectedRow).toContainText("hls 900p");

  // Wherever the scrollbar is dragged to, rows come.
  await app.list.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
  await expect(app.list.locator("[aria-rowindex='455']")).toBeInViewport();
});

test("one comes back to where one was from a filter and from another area", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 60 });
  await expect(app.list).toHaveAttribute("aria-rowcount", "61");
  await app.list.evaluate((element) => element.scrollTo({ top: 700 }));
  const place = () => app.list.evaluate(({ scrollTop }) => scrollTop);
  await expect.poll(place).toBe(700);

  await app.filter.fill("nothing is like this");
  await expect(page.getByRole("heading", { name: "No delivery matches the filter" })).toBeVisible();
  await app.filter.fill("");
  await expect(app.list).toHaveAttribute("aria-rowcount", "61");
  expect(await place()).toBe(700);

  await app.openArea("Settings");
  await app.openArea("Deliveries");
  expect(await place()).toBe(700);

  await app.list.locator('[aria-rowindex="26"]').click();
  await expect(app.detail.getByRole("heading", { name: "Captions ready" })).toBeVisible();
  await app.openArea("Settings");
  await app.openArea("Deliveries");
  await expect(app.selectedRow).toBeInViewport();
  expect(await place(), "what is selected is in sight already").toBe(700);

  await app.openArea("Timeline");
  await page.evaluate(() => {
    window.location.hash = "#/deliveries/d1/overview";
  });
  await expect(app.selectedRow, "another was selected meanwhile").toBeInViewport();
  await expect(app.selectedRow).toHaveAttribute("aria-rowindex", "61");
});

test("repeats fold into the first of them, and open by key and by button", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  const body = encodingEvent();
  await sendDelivery(inspector.listenerUrl, { body });
  await sendDelivery(inspector.listenerUrl, { body: '{"type":"video.uploaded"}' });
  await sendDelivery(inspector.listenerUrl, { body });
  await sendDelivery(inspector.listenerUrl, { body });
  const fold = app.rows("×3");
  await expect(app.rows()).toHaveText([/video\.uploaded/, /×3/]);
  await expect(fold).toHaveAttribute("aria-expanded", "false");

  await page.keyboard.press("Shift+G");
  await page.keyboard.press("ArrowRight");
  await expect(app.rows()).toHaveText([/video\.uploaded/, /×3/, /repeat 1/, /repeat 2/]);
  await page.keyboard.press("ArrowRight");
  await expect(app.selectedRow).toContainText("repeat 1");
  await expect(app.selectedRow).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("j");
  await expect(app.selectedRow).toContainText("repeat 2");
  await expect(app.selectedRow).toHaveAttribute("aria-rowindex", "5");
  await page.keyboard.press("ArrowLeft");
  await expect(app.selectedRow).toContainText("×3");
  await page.keyboard.press("ArrowLeft");
  await expect(app.rows()).toHaveCount(2);

  await app.filter.fill("nowhere 720p encoding");
  await expect(app.rows()).toHaveCount(0);
  await app.filter.fill("720p");
  await expect(app.rows()).toHaveText([/×3/]);
  await fold.getByRole("button", { name: "Show the repeats" }).click();
  await expect(app.rows()).toHaveCount(3);
});

test("several are marked by key and by click, deleted together, and brought back with one Undo", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 6 });
  await expect(app.rows()).toHaveCount(6);
  const marked = page.getByRole("status", { name: "Marked deliveries" });

  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(marked).toContainText("3 marked");
  await app
    .rows()
    .nth(4)
    .click({ modifiers: ["ControlOrMeta"] });
  await expect(app.selectedRow).toHaveCount(4);
  await page.keyboard.press("Escape");
  await expect(app.selectedRow).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+a");
  await expect(app.selectedRow).toHaveCount(6);

  await marked.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
  await expect(page.getByLabel("No deliveries")).toBeFocused();
  await app.toast("6 deliveries deleted").getByRole("button", { name: "Undo" }).click();
  await expect(app.selectedRow).toHaveCount(6);
  await expect(app.list).toBeFocused();
  await page.keyboard.press("p");
  await expect(app.rows().getByRole("img", { name: "Pinned" })).toHaveCount(6);
});

test("a note is written in place, and clearing all says how many go and keeps what is pinned", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
  await expect(app.rows()).toHaveCount(3);
  await page.keyboard.press("j");
  await expect(app.detail.getByRole("heading", { name: "Captions ready" })).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.type("came twice on staging");
  await page.keyboard.press("Enter");
  await expect(app.rows().getByRole("img", { name: "Note: came twice on staging" })).toBeVisible();
  await expect(app.detail.getByRole("button", { name: "Edit note" })).toContainText("came twice on staging");
  await expect(app.list).toBeFocused();
  await page.keyboard.press("p");
  await expect(app.rows().getByRole("img", { name: "Pinned" })).toBeVisible();

  const heightOf = async () => (await app.selectedRow.boundingBox())?.height;
  expect(await heightOf()).toBe(34);
  await page.getByRole("button", { name: "Compact rows" }).click();
  await expect.poll(heightOf).toBe(28);

  await page.getByRole("button", { name: "Clear all deliveries" }).click();
  await expect(app.dialog).toContainText("1 pinned delivery will stay");
  await app.dialog.getByRole("button", { name: "Clear 2 deliveries" }).click();
  await expect(app.rows()).toHaveCount(1);
  await expect(app.dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Clear all deliveries" })).toBeFocused();
});

for (const width of [1000, 320]) {
  test(`in a window of ${width} px a row has room for its time, of whatever day`, async ({ app, page, inspector }) => {
    await page.setViewportSize({ width, height: 700 });
    await skipFirstRun(inspector);
    await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
    await expect(app.rows()).toHaveCount(1);
    await expectNothingCut(page, "a delivery of today");

    await page.clock.setFixedTime(Date.now() + 86_400_000);
    await inspector.client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
    await expect(app.rows("Live started").getByRole("time")).toHaveText(/^\d+ \w+ \d\d:\d\d$/);
    await expectNothingCut(page, "a delivery of another day");
  });
}
