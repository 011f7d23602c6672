import { startReceiver } from "../../helpers/receiver.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";

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
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);

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

test("the palette finds and runs a command by keyboard alone, and the focus goes back to where it was", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);
  await page.keyboard.press("j");
  await app.list.focus();

  await page.keyboard.press("Control+k");
  await expect(app.palette).toBeFocused();
  await page.keyboard.type("pin");
  await expect(app.dialog.getByRole("option", { selected: true })).toHaveText(/Pin delivery.*key p/);
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.rows().getByRole("img", { name: "Pinned" })).toBeVisible();
  await expect(app.list).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(app.dialog.getByRole("option").first()).toHaveText(/Unpin delivery/);
  await page.keyboard.type("theme");
  await page.keyboard.press("Enter");
  await page.keyboard.type("da");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("what did I miss");
  await expect(app.dialog).toContainText("Nothing answers");
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("captions");
  await page.keyboard.press("Enter");
  await expect(app.selectedRow).toContainText("Captions ready");
  await expect(app.list).toBeFocused();
});

test("what is typed for the palette while it is still fetched is not lost, and does nothing else", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  // As on a slow line, and before anything is fetched ahead.
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  let arrive = (): void => undefined;
  await page.route(/command-palette/, async (route) => {
    await new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await route.continue();
  });
  const isOnItsWay = () => page.waitForRequest(/command-palette/);

  await page.reload();
  await expect(app.rows()).toHaveCount(1);
  await app.list.focus();
  const [request] = await Promise.all([isOnItsWay(), page.keyboard.press("Control+k")]);
  await page.keyboard.type("theme");
  await expect(app.palette).toHaveCount(0);
  arrive();
  await request.response();
  await expect(app.palette).toBeFocused();
  await expect(app.palette).toHaveValue("theme");
  await page.keyboard.type("s");
  await expect(app.palette).toHaveValue("themes");
  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();

  await page.reload();
  await expect(app.rows()).toHaveCount(1);
  await Promise.all([isOnItsWay(), page.keyboard.press("Control+k")]);
  await page.keyboard.type("trigger event");
  await page.keyboard.press("Enter");
  arrive();
  await expect(app.dialog.getByRole("button", { name: "Send" })).toBeVisible();
});

test("a key is changed by keyboard: the loser is named, everything shows it, and it is reset", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);
  await page.keyboard.press("j");

  await page.keyboard.press("?");
  await app.dialog.getByRole("button", { name: "Change keys" }).press("Enter");
  const settings = page.getByRole("main", { name: "Settings" });
  await expect(settings.locator("summary")).toBeFocused();
  await settings.getByRole("button", { name: "Change p of Pin or unpin" }).press("Enter");
  const recorder = settings.getByRole("textbox", { name: "Key instead of p" });
  await expect(recorder).toBeFocused();
  await page.keyboard.press("c");
  await expect(recorder).toHaveValue("c");
  await expect(settings).toContainText("c is “Copy payload”");
  await page.keyboard.press("Enter");
  await expect(settings.getByRole("status").filter({ hasText: "“Copy payload” lost c." })).toBeVisible();
  await expect(settings.getByRole("button", { name: "Add a key for Pin or unpin" })).toBeFocused();

  await page.keyboard.press("Escape");
  await expect(app.list).toBeFocused();
  await expect(app.detail.getByRole("button", { name: "Pin (c)" })).toHaveAttribute("aria-keyshortcuts", "c");
  await page.keyboard.press("p");
  await page.keyboard.press("c");
  await expect(app.detail.getByRole("button", { name: "Unpin (c)" })).toBeVisible();

  await inspector.client.call("settings.update", { singleKeys: false });
  await expect(app.detail.getByRole("button", { name: "Unpin", exact: true })).toBeVisible();
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await page.keyboard.press("Control+,");
  await expect(settings).toBeFocused();
  await expect(app.dialog).toHaveCount(0);
  await settings.locator("summary").press("Enter");
  await settings.getByRole("button", { name: "Reset all" }).press("Enter");
  await expect(settings.getByRole("status").filter({ hasText: "own keys again" })).toBeVisible();
  const singleKeys = settings.getByRole("checkbox", { name: "Single keys" });
  await singleKeys.press("Space");
  await expect(singleKeys).toBeChecked();
  await expect(settings.getByRole("button", { name: "Change p of Pin or unpin" })).not.toHaveAttribute("title");
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(app.detail.getByRole("button", { name: "Unpin (p)" })).toBeVisible();
});

test("while single keys are off they rest: each is shown, and none is lost to a change of others", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { singleKeys: false });
  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });
  await settings.locator("summary").click();
  await expect(settings.getByRole("button", { name: "Change p of Pin or unpin" })).toHaveAccessibleDescription(
    "Rests: single keys are switched off",
  );

  await settings.getByRole("button", { name: "Add a key for Pin or unpin" }).click();
  await page.keyboard.press("F9");
  await page.keyboard.press("Enter");
  await expect(settings.getByRole("button", { name: "Change F9 of Pin or unpin" })).toBeVisible();

  await expect
    .poll(async () => (await inspector.client.call("settings.get", {})).values.keys)
    .toEqual({ "delivery.pin": ["p", "F9"] });
});

test("an action that gets its own keys back is told which of them is another's by now", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { keys: { "delivery.pin": ["j"], "list.next": [] } });
  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });
  await settings.locator("summary").click();

  await settings.getByRole("button", { name: "Reset the keys of Next delivery" }).click();

  await expect(settings.getByRole("status").filter({ hasText: "own keys again" })).toHaveText(
    "“Next delivery” has its own keys again, but for j, which is “Pin or unpin”.",
  );
});

test("what resets a setting or keys hands its focus on to what it was about", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { forwardTo: "3000", keys: { "delivery.pin": ["F9"] } });
  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });

  await settings.getByRole("button", { name: "Back to default for Forward to" }).press("Enter");
  await expect(settings.getByRole("textbox", { name: "Forward to" })).toBeFocused();
  await settings.locator("summary").press("Enter");
  await settings.getByRole("button", { name: "Reset the keys of Pin or unpin" }).press("Enter");
  await expect(settings.getByRole("button", { name: "Add a key for Pin or unpin" })).toBeFocused();
  await expect(settings.getByRole("button", { name: "Change p of Pin or unpin" })).toBeVisible();

  await inspector.client.call("settings.update", { keys: { "delivery.pin": ["F9"] } });
  await settings.getByRole("button", { name: "Reset all" }).press("Enter");
  await expect(settings.getByRole("button", { name: "Change p of Pin or unpin" })).toBeVisible();
  await expect(settings.getByRole("button", { name: "Reset all" })).toBeFocused();
});

test("the button that pauses the list names the key in force, and none where it has none", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Pause the list (Space)" })).toBeVisible();

  await inspector.client.call("settings.update", { keys: { "list.pause": ["z"] } });
  const pause = page.getByRole("button", { name: "Pause the list (z)" });
  await expect(pause).toHaveAttribute("aria-keyshortcuts", "z");
  await inspector.client.call("settings.update", { keys: { "list.pause": [] } });

  await expect(page.getByRole("button", { name: "Pause the list", exact: true })).toBeVisible();
});

test("a row has a menu, by key and by pointer, and so has the detail", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  for (const type of ["live-stream.broadcast.started", "video.caption.generated"]) {
    await inspector.client.call("simulator.trigger", { type });
  }
  await expect(app.rows()).toHaveCount(2);
  const menu = page.getByRole("menu", { name: "Delivery" });

  await page.keyboard.press("j");
  await app.list.focus();
  await page.keyboard.press("Shift+F10");
  await expect(menu.getByRole("menuitem", { name: "Replay delivery" })).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(app.list).toBeFocused();
  await expect(app.selectedRow).toContainText("Captions ready");

  await app.rows("Live started").click({ button: "right" });
  await menu.getByRole("menuitem", { name: "Pin delivery" }).click();
  await expect(app.rows("Live started").getByRole("img", { name: "Pinned" })).toBeVisible();
  await expect(app.selectedRow).toContainText("Live started");
  await expect(app.list).toBeFocused();

  const more = app.detail.getByRole("button", { name: "More" });
  await more.press("Enter");
  await menu.getByRole("menuitem", { name: "Delete delivery" }).press("Enter");
  await expect(app.rows()).toHaveCount(1);
});

test("every region is reached with F6, Esc leads back from an area, and the detail gives way", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);

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

test("the list of profiles opens on the one in use", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("profiles.save", { name: "Staging" });

  await page.keyboard.press("Shift+P");

  await expect(app.dialog.getByRole("button", { name: /^In use Default/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
});

test("Tab goes through the whole window and out of it again, and the divider moves by key", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);
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
