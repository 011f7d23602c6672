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
