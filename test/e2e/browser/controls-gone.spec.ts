import type { Locator } from "@playwright/test";
import { cutLine, joinLine, makeLineCuttable } from "../cut-line.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";
import { fill } from "../tour.ts";

const REASON = "The inspector does not answer.";

/** Those for everybody: each leads to what the list knows, and says so itself. */
const SEARCHES = [
  "Failed signaturessig:failed",
  "My server refusedstatus:refused,unreachable",
  "Not forwardedstatus:none",
  "Pinnedis:pinned",
  "Last ten minutesafter:10m",
];

/** The names of the controls that still look as if they did something. */
async function usableIn(place: Locator): Promise<string[]> {
  return await place.locator("button, input, select, textarea").evaluateAll((controls) =>
    controls
      .filter((control) => control.checkVisibility() && !control.matches(":disabled, [aria-disabled=true]"))
      // All of these have labels, but for buttons that say it themselves.
      .map((control) => {
        const { ariaLabel, labels, textContent } = control as HTMLInputElement;
        return (ariaLabel ?? labels?.[0]?.textContent ?? textContent).trim();
      }),
  );
}

async function expectUsable(place: Locator, names: readonly string[]): Promise<void> {
  await expect(place).toBeVisible();
  await expect.poll(() => usableIn(place)).toEqual(names);
}

test.beforeEach(async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await makeLineCuttable(page);
  // As in a browser that has not been asked yet; one without windows of its own has refused already.
  await page.addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "default" }));
  await page.reload();
  await expect(app.status).toBeVisible();
});

test("with the engine gone, no setting can be changed, and what was being typed is there when it is back", async ({
  app,
  page,
  inspector,
}) => {
  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });
  const target = settings.getByLabel("Forward to");
  await target.fill("4000");
  await settings.locator("#setting-shortcuts summary").click();
  await settings.getByRole("button", { name: "Change r of Replay delivery" }).click();
  await page.keyboard.press("F9");
  await settings.getByRole("button", { name: "Rename Default" }).click();
  await target.focus();

  await cutLine(page);

  await expect(target).toBeDisabled();
  await expectUsable(settings, [
    "Search the settings",
    "Copy",
    "Find an action",
    // Of the key that is being recorded, and of the name that is being changed.
    "Cancel",
    "Notify me",
    "Cancel",
  ]);
  await expect(target).toBeFocused();
  await expect(target).toHaveAccessibleDescription(new RegExp(`^Your own server.*${REASON}$`));
  await page.keyboard.type("1");
  await page.keyboard.press("Enter");
  await settings.getByLabel("Theme", { exact: true }).press("l");
  await settings.getByLabel("When a signature fails").press("Space");
  await settings.getByLabel("Key instead of r").press("F8");
  await expect(settings.getByRole("alert")).toHaveCount(0);

  await joinLine(page);

  await expect(target).toBeEnabled();
  await expect(settings.getByLabel("Theme", { exact: true })).toHaveValue("system");
  await expect(settings.getByLabel("When a signature fails")).toBeChecked();
  await expect(settings.getByLabel("Key instead of r")).toHaveValue("F9");
  await expect(settings.getByLabel("New name for Default")).toHaveValue("Default");
  await target.press("Enter");
  await expect
    .poll(async () => (await inspector.client.call("settings.get", {})).values.forwardTo)
    .toBe("http://localhost:4000/");
});

test("with the engine gone, tunnel and webhooks stay as they are, and a new webhook's form as it was filled in", async ({
  app,
  page,
}) => {
  await app.openArea("Webhooks");
  const webhooks = page.getByRole("main", { name: "Webhooks" });
  await webhooks.getByLabel("URL").fill("https://example.com/hook");
  await webhooks.getByLabel("live-stream.broadcast.started").uncheck();

  await cutLine(page);

  await expectUsable(webhooks, ["Copy webhook id"]);
  await joinLine(page);
  await expect(webhooks.getByRole("button", { name: "Create webhook" })).toBeEnabled();
  await expect(webhooks.getByLabel("URL")).toHaveValue("https://example.com/hook");
  await expect(webhooks.getByLabel("live-stream.broadcast.started")).not.toBeChecked();

  await cutLine(page);
  await app.openArea("Connection");
  const connection = page.getByRole("main", { name: "Connection" });
  await expectUsable(connection, ["Copy listener URL", "Set a target", "Notify me"]);
  await connection.getByRole("radio", { name: "localtunnel" }).click({ force: true });
  await expect(connection.getByRole("radio", { name: "None" })).toBeChecked();

  await joinLine(page);

  await expect(connection.getByRole("radio", { name: "None" })).toBeEnabled();
  await expect(connection.getByRole("radio", { name: "None" })).toBeChecked();
});

test("with the engine gone, what is open over the window stays, off, and can be left", async ({
  app,
  page,
  inspector,
}) => {
  await fill(inspector);
  await app.rows("Failed").first().click();
  const inSettings = (button: string) => async (): Promise<void> => {
    await app.openArea("Settings");
    await page.getByRole("button", { name: button }).click();
  };
  const enterSecret = async (): Promise<void> => {
    await app.rows("video.uploaded").click();
    await app.tab("Signature").click();
    await app.detail.getByRole("button", { name: "Enter its secret" }).click();
  };
  const openSearches = async (): Promise<void> => {
    await app.filter.fill("sig:failed");
    await page.getByRole("button", { name: "Saved searches" }).click();
  };
  const importFiles = async (): Promise<void> => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("import");
    await page.keyboard.press("Enter");
  };
  const playScenario = async (): Promise<void> => {
    await app.list.press("t");
    await app.dialog.getByRole("button", { name: "Play a scenario…" }).click();
  };
  const dialogs: readonly (readonly [name: string | RegExp, open: () => Promise<void>, usable: readonly string[]])[] = [
    ["Secret of a webhook", enterSecret, ["Close"]],
    ["Saved searches", openSearches, SEARCHES],
    ["Trigger event", () => app.list.press("t"), ["Close"]],
    ["Play a scenario", playScenario, ["Close"]],
    ["Hold the next match", () => app.list.press("h"), ["Close"]],
    [/^Edit and send/, () => app.list.press("e"), ["Close"]],
    ["Import deliveries", importFiles, ["Close", "Cancel"]],
    ["Switch profile", () => app.list.press("Shift+P"), ["Close", "Make a profile"]],
    ["Erase everything", inSettings("Erase everything"), ["Close"]],
    ["Diagnostics", inSettings("Copy diagnostics"), ["Close", "Copy"]],
  ];
  for (const [name, open, usable] of dialogs) {
    await open();
    const dialog = page.getByRole("dialog", { name });
    await expect(dialog).toBeInViewport();
    if (name === "Diagnostics") await expect(dialog.getByRole("button", { name: "Copy" })).toBeEnabled();

    await cutLine(page);
    await expectUsable(dialog, usable);
    await joinLine(page);

    // The page tries again ever more seldom, every five seconds in the end.
    await expect.poll(() => usableIn(dialog), { timeout: 15_000 }).not.toEqual(usable);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
});

test("an editor that was opened as the engine went away is filled once it is back", async ({
  app,
  page,
  inspector,
}) => {
  await fill(inspector);
  await app.rows("Failed").first().click();
  // Never answered: the line is cut before that.
  await page.route("**/api/call/replay.preview", () => undefined);
  await app.list.press("e");
  const dialog = page.getByRole("dialog", { name: /^Edit and send/ });
  await expect(dialog).toContainText("Loading");

  await cutLine(page);
  await expectUsable(dialog, ["Close"]);
  await page.unroute("**/api/call/replay.preview");
  await joinLine(page);

  await expect(dialog.getByRole("button", { name: "Send", exact: true })).toBeEnabled({ timeout: 15_000 });
  await expect(dialog.getByRole("alert")).toHaveCount(0);
});

test("with the engine gone, a note that is being written waits, and is kept once it is back", async ({
  app,
  page,
  inspector,
}) => {
  await fill(inspector);
  await app.rows("Failed").first().click();
  await app.list.press("Delete");
  const undo = app.toast("Delivery deleted.").getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  await app.list.press("n");
  const note = app.detail.getByRole("textbox", { name: "Note" });
  await expect(note).toBeFocused();
  await page.keyboard.type("seen");

  await cutLine(page);
  await expect(note).toBeDisabled();
  await expect(undo).toBeDisabled();
  await page.keyboard.type(" twice");
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("button", { name: "Cancel" })).toBeEnabled();
  await joinLine(page);

  await expect(note).toBeEnabled();
  await expect(note).toBeFocused();
  await expect(app.toast("does not answer")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("button", { name: "Edit note" })).toHaveText("seen");
});
