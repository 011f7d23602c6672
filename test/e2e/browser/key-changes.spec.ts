import { expect, receiveFirst, skipFirstRun, test } from "../fixtures.ts";

test("a key is changed by keyboard: the loser is named, everything shows it, and it is reset", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
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
  // Before the page knows of it, there is nothing to reset.
  await expect(settings.getByRole("button", { name: "Change F9 of Pin or unpin" })).toBeVisible();
  await settings.getByRole("button", { name: "Reset all" }).press("Enter");
  await expect(settings.getByRole("button", { name: "Change p of Pin or unpin" })).toBeVisible();
  await expect(settings.getByRole("button", { name: "Reset all" })).toBeFocused();
});

test("what somebody else chooses while a choice is being saved shows in the end", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { keys: { "delivery.pin": ["F9"] } });
  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });
  await settings.locator("summary").click();
  // The engine has it, and has told of it and of the next one, before its answer is here.
  await page.route("**/api/call/settings.update", async (route) => {
    const response = await route.fetch();
    await inspector.client.call("settings.update", { keys: { "delivery.pin": ["F8"] } });
    await expect(page.getByRole("button", { name: "Change p of Pin or unpin" })).toBeVisible();
    await route.fulfill({ response });
  });

  await settings.getByRole("button", { name: "Reset the keys of Pin or unpin" }).click();

  await expect(settings.getByRole("button", { name: "Change F8 of Pin or unpin" })).toBeVisible();
});

test("the button that pauses the list names the key in force, and none where it has none", async ({
  app,
  page,
  inspector,
}) => {
  await receiveFirst(app, inspector);
  await expect(page.getByRole("button", { name: "Pause the list (Space)" })).toBeVisible();

  await inspector.client.call("settings.update", { keys: { "list.pause": ["z"] } });
  const pause = page.getByRole("button", { name: "Pause the list (z)" });
  await expect(pause).toHaveAttribute("aria-keyshortcuts", "z");
  await inspector.client.call("settings.update", { keys: { "list.pause": [] } });

  await expect(page.getByRole("button", { name: "Pause the list", exact: true })).toBeVisible();
});
