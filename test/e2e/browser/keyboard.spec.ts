import { startReceiver } from "../../helpers/receiver.ts";
import { expect, receiveFirst, skipFirstRun, test } from "../fixtures.ts";

test("by keyboard alone: receive, read, replay, and see both answers side by side", async ({
  app,
  page,
  inspector,
}) => {
  await using receiver = await startReceiver();
  receiver.status = 500;
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { forwardTo: `${receiver.url}/api/webhook` });

  await page.keyboard.press("t");
  await expect(app.dialog).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await app.dialog.getByRole("button", { name: "Send" }).press("Enter");
  await expect(app.rows("Rendition ready")).toContainText("Verified");
  await expect(app.rows("Rendition ready")).toContainText("500");

  await page.keyboard.press("j");
  await expect(app.selectedRow).toContainText("Rendition ready");
  await page.keyboard.press("2");
  await expect(app.detail.getByRole("tree", { name: "Payload" })).toContainText('"video.encoding.quality.completed"');

  receiver.status = 200;
  await page.keyboard.press("r");

  const newest = app.detail.getByRole("region", { name: "Newest answer" });
  const before = app.detail.getByRole("region", { name: "The one before" });
  await expect(newest).toContainText("200");
  await expect(newest).toContainText("got it 2");
  await expect(before).toContainText("500");
  await expect(before).toContainText("got it 1");
  const [left, right] = [await newest.boundingBox(), await before.boundingBox()];
  expect(left?.y).toBe(right?.y);
  expect(receiver.requests[1]?.body).toEqual(receiver.requests[0]?.body);
});

test("j, k, g g and G move through the list, Enter and Esc in and out of the detail", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  for (const type of ["live-stream.broadcast.started", "video.caption.generated", "live-stream.broadcast.ended"]) {
    await inspector.client.call("simulator.trigger", { type });
  }
  await expect(app.rows()).toHaveCount(3);

  await page.keyboard.press("j");
  await expect(app.selectedRow).toContainText("Live ended");
  await page.keyboard.press("j");
  await expect(app.selectedRow).toContainText("Captions ready");
  await page.keyboard.press("k");
  await expect(app.selectedRow).toContainText("Live ended");
  await page.keyboard.press("Shift+G");
  await expect(app.selectedRow).toContainText("Live started");
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await expect(app.selectedRow).toContainText("Live ended");

  await page.keyboard.press("Enter");
  await expect(app.detail).toBeFocused();
  await page.keyboard.press("]");
  await expect(app.tab("Payload")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("[");
  await expect(app.tab("Overview")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(app.selectedRow).toContainText("Captions ready");
  await expect(app.list).toHaveAttribute("aria-activedescendant", /./);
});

test("single keys rest while one types, and ? lists them all", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);

  await page.keyboard.press("/");
  await expect(app.filter).toBeFocused();
  await page.keyboard.type("trj?");
  await expect(app.filter).toHaveValue("trj?");
  await expect(app.dialog).toHaveCount(0);

  await page.keyboard.press("Escape");
  await expect(app.filter).toHaveValue("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(app.dialog).toContainText("Replay delivery");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
});

test("p pins, Delete deletes, and the deletion can be undone", async ({ app, page, inspector }) => {
  await receiveFirst(app, inspector);

  await page.keyboard.press("j");
  await expect(app.detail.getByRole("heading", { name: "Captions ready" })).toBeVisible();
  await page.keyboard.press("p");
  await expect(app.rows().getByRole("img", { name: "Pinned" })).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(app.page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
  const undo = app.toast("Delivery deleted").getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  await page.keyboard.press("F8");
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");

  await expect(app.selectedRow).toContainText("Captions ready");
});

test("every region is reached with F6, Esc leads back from an area, and the detail gives way", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);

  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await expect(page.getByRole("main", { name: "Webhooks" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();
  await page.keyboard.press("Control+\\");
  await expect(app.detail).toHaveCount(0);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(app.detail).toBeFocused();

  await page.keyboard.press("F6");
  await expect(app.status).toBeFocused();
  await page.keyboard.press("F6");
  await expect(page.getByRole("navigation", { name: "Areas" })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(app.filter).toBeFocused();
  await page.keyboard.press("F6");
  await expect(app.list).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(app.filter).toBeFocused();
});

test("Tab goes through the whole window and out of it again, and the divider moves by key", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  await page.keyboard.press("j");
  await page.keyboard.press("2");
  await expect(app.detail.getByRole("tree")).toBeVisible();

  const visited: string[] = [];
  let isOut = false;
  for (let presses = 0; presses < 80 && !isOut; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const { activeElement } = document;
      const name = activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
      const isSeen = activeElement !== document.body && activeElement?.checkVisibility() === true;
      return isSeen ? `${activeElement?.getAttribute("role") ?? activeElement?.tagName}: ${name}` : null;
    });
    isOut = focused === null || focused === visited[0];
    if (focused !== null) visited.push(focused);
  }
  expect(isOut, visited.join("\n")).toBe(true);
  for (const part of [
    "BUTTON: Commands",
    "BUTTON: Deliveries",
    "combobox: Filter",
    "treegrid:",
    "separator",
    "tab: Payload",
  ]) {
    expect(
      visited.some((name) => name.startsWith(part)),
      part,
    ).toBe(true);
  }

  const divider = page.getByRole("separator");
  const before = (await divider.boundingBox())?.x ?? 0;
  await divider.press("ArrowRight");
  await expect.poll(async () => (await divider.boundingBox())?.x).toBeGreaterThan(before);
});

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
