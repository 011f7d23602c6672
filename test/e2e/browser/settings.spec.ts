import { CLI, startChild } from "../../helpers/child.ts";
import { startRelay } from "../../helpers/relay.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { startTwoAccounts } from "../../helpers/two-accounts.ts";
import { expect, skipFirstRun, test } from "../fixtures.ts";
import { expectNothingCut } from "../layout.ts";
import { InspectorPage } from "../pages/inspector-page.ts";

test("one finds a setting by its words, its flag or its value, and gets to a part by its address", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.openArea("Settings");
  const area = page.getByRole("main", { name: "Settings" });
  const search = area.getByLabel("Search the settings");

  await search.fill("--listener");
  await expect(area.getByRole("status")).toHaveText("1 setting");
  await expect(area.getByRole("group", { name: "Listener port" })).toContainText("Flag --listener-port");
  await expect(area.locator("mark").first()).toHaveText("--listener");
  await search.fill("zebra");
  await expect(area).toContainText("No setting fits");
  await area.getByRole("button", { name: "Show all settings" }).click();

  await area.getByRole("link", { name: "Your server" }).click();
  await expect(area.getByRole("heading", { name: "Your server" })).toBeFocused();
  await expect(page).toHaveURL(/#\/settings\/server$/);
  await page.reload();
  await expect(area.getByRole("heading", { name: "Your server" })).toBeInViewport();
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
});

test("whoever goes from part to part of the settings comes back to the list as it was", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  for (const signature of ["valid", "wrong-secret"] as const)
    await inspector.client.call("simulator.trigger", { type: "video.caption.generated", signature });
  await app.rows("Failed").click();
  await app.tab("Headers").click();
  await app.filter.fill("sig:failed ");
  await expect(app.rows()).toHaveCount(1);

  await app.openArea("Settings");
  await page.getByRole("link", { name: "Storage" }).click();
  await expect(page.getByRole("heading", { name: "Storage" })).toBeFocused();
  await app.openArea("Deliveries");

  await expect(app.chip("sig:failed")).toBeVisible();
  await expect(app.selectedRow).toContainText("Failed");
  await expect(app.detail.getByRole("tabpanel", { name: "Headers" })).toBeVisible();
});

test("the palette leads to one setting, whatever the page was searched for, and its address does too", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const field = page.getByLabel("Allowed hosts");
  const goThere = async (): Promise<void> => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("allowd hosts");
    await expect(app.dialog.getByRole("option", { selected: true })).toHaveText("Settings: Allowed hosts");
    await page.keyboard.press("Enter");
    await expect(field).toBeFocused();
    await expect(field).toBeInViewport();
  };

  await goThere();
  await page.getByLabel("Search the settings").fill("theme");
  await expect(field).toHaveCount(0);
  await goThere();
  await page.getByRole("link", { name: "Look" }).click();
  await goThere();
  await page.reload();
  await expect(field).toBeFocused();
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
});

test("a target on a host that is not allowed is told of at the field, and allowed there or where it was refused", async ({
  app,
  page,
  inspector,
}) => {
  const { client } = inspector;
  const allowed = async () => (await client.call("settings.get", {})).values.allowedTargets;
  await skipFirstRun(inspector);
  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });
  const told = settings.getByText("is not this machine, and not among the allowed hosts");

  await settings.getByLabel("Forward to").fill("https://staging.invalid/hook");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(told).toHaveText("staging.invalid is not this machine, and not among the allowed hosts.");
  await settings.getByRole("button", { name: "Allow staging.invalid" }).press("Enter");
  await expect(told).toHaveCount(0);
  await expect(settings.getByLabel("Allowed hosts")).toHaveValue("staging.invalid");
  await expect(settings).toBeFocused();

  await settings.getByLabel("Forward to").fill("http://192.0.2.1:9/hook");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(told).toBeVisible();
  await client.call("simulator.trigger", { type: "video.caption.generated" });
  await app.openArea("Connection");
  const connection = page.getByRole("main", { name: "Connection" });
  await expect(connection.getByRole("button", { name: "Allow 192.0.2.1" })).toBeVisible();
  await app.openArea("Deliveries");
  await app.rows().first().click();
  await page.keyboard.press("r");
  await app.toast("192.0.2.1").getByRole("button", { name: "Allow 192.0.2.1" }).click();
  await expect.poll(allowed).toEqual(["staging.invalid", "192.0.2.1"]);
});

test("a long name of a host that is to be allowed is whole in a window of 320 px", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await page.setViewportSize({ width: 320, height: 800 });
  const host = "a-rather-long-name.of-some-host.staging.example.com";
  await inspector.client.call("settings.update", { forwardTo: `https://${host}/hook` });
  await app.openArea("Settings");

  await expect(page.getByRole("button", { name: `Allow ${host}` })).toBeVisible();
  await expectNothingCut(page, "a host to allow");
});

test("a tunnel is chosen from the palette", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await using relay = await startRelay();
  await inspector.client.call("settings.update", { tunnel: "localtunnel", tunnelHost: relay.url });
  await expect(app.status.getByRole("button", { name: "Copy public URL" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("use tunnel noen");
  await page.keyboard.press("Enter");

  await expect(app.status.getByRole("button", { name: "Copy public URL" })).toHaveCount(0);
  expect((await inspector.client.call("settings.get", {})).values).toMatchObject({
    tunnel: "none",
    tunnelHost: relay.url,
  });
});

test("a setting goes back to its default, and from there to what it was", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("settings.update", { forwardTo: "3000" });
  await app.openArea("Settings");
  const target = page.getByLabel("Forward to");

  await page.getByRole("button", { name: "Back to default for Forward to" }).click();
  await expect(target).toHaveValue("");
  await app.toast("back to its default").getByRole("button", { name: "Undo" }).click();

  await expect(target).toHaveValue("http://localhost:3000/");
});

test("what is ticked shows at once, and the next tick builds on it, however slow the saving is", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  await page.route("**/api/call/settings.update", async (route) => {
    await held;
    await route.continue();
  });
  await app.openArea("Settings");

  await page.getByLabel("When webhooks stop coming through").uncheck();
  await page.getByLabel("When a signature fails").uncheck();
  await page.getByLabel("Theme", { exact: true }).selectOption("dark");
  await expect(page.getByLabel("Theme", { exact: true })).toHaveValue("dark");
  letGo();

  await expect
    .poll(async () => (await inspector.client.call("settings.get", {})).values)
    .toMatchObject({ notifyOn: { path: false, failedSignature: false, types: [] }, theme: "dark" });
});

test("a profile made, used and left again moves the webhook between two accounts without a restart", async ({
  app,
  page,
  inspector,
}) => {
  await using accounts = await startTwoAccounts();
  const [first, second] = accounts.keys;
  const { client } = inspector;
  await skipFirstRun(inspector);
  await client.call("settings.update", { api: accounts.url });
  await client.call("secrets.set", { kind: "api-key", environment: "custom", value: first });
  await app.openArea("Settings");

  await page.getByLabel("New profile from what is set now").fill("Second account");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("button", { name: "Profile Second account" })).toBeVisible();
  await page.getByRole("textbox", { name: "API key" }).fill(second);
  await page.getByRole("button", { name: "Check and keep the key" }).click();
  await expect.poll(accounts.webhooks).toEqual([[], [expect.any(String)]]);

  await page.getByRole("button", { name: "Profile Second account" }).click();
  await app.dialog.getByRole("button", { name: "Default" }).click();
  await expect.poll(accounts.webhooks).toEqual([[expect.any(String)], []]);
  await page.getByRole("button", { name: "Delete Second account" }).click();
  await expect(page.getByRole("list", { name: "Profiles" }).getByRole("listitem")).toHaveCount(1);
  await app.toast("and its keys are deleted").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Use Second account" }).click();
  await expect.poll(accounts.webhooks).toEqual([[], [expect.any(String)]]);
});

test("whatever is done with a profile by key, the focus stays with it, and its name is never taken", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await app.openArea("Settings");
  const profiles = page.getByRole("list", { name: "Profiles" });
  const button = (name: string) => profiles.getByRole("button", { name, exact: true });

  await button("Duplicate Default").press("Enter");
  await expect(button("Use Default copy")).toBeVisible();
  await expect(button("Duplicate Default")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(button("Use Default copy 2")).toBeVisible();

  await button("Rename Default copy").press("Enter");
  await page.keyboard.press("Escape");
  await expect(button("Rename Default copy")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Staging");
  await page.keyboard.press("Enter");
  await expect(button("Rename Staging")).toBeFocused();

  await button("Use Staging").press("Enter");
  await expect(profiles.getByRole("listitem").filter({ hasText: "In use" })).toContainText("Staging");
  await expect(button("Rename Staging")).toBeFocused();
  await button("Delete Default copy 2").press("Enter");
  await expect(button("Delete Default copy 2")).toHaveCount(0);
  await expect(page.getByRole("main", { name: "Settings" })).toBeFocused();
});

test("what is typed and not saved goes with the profile it was typed for", async ({ app, page, inspector }) => {
  const { client } = inspector;
  await skipFirstRun(inspector);
  await client.call("profiles.save", { name: "Staging" });
  await app.openArea("Settings");
  const target = page.getByLabel("Forward to");
  await target.fill("http://localhost:4000/default");
  await page.getByLabel("Deliveries to keep").fill("500");

  await page.getByRole("button", { name: "Use Staging" }).click();

  await expect(app.toast("Staging is in use.")).toBeVisible();
  await expect(target).toHaveValue("");
  await expect(page.getByLabel("Deliveries to keep")).toHaveValue("500");
  await page.getByRole("button", { name: "Use Default" }).click();
  await expect(target).toHaveValue("http://localhost:4000/default");
});

test("what is erased is counted before, confirmed in words, and gone", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
  await app.openArea("Settings");
  await page.getByRole("main").getByRole("button", { name: "Erase everything" }).click();
  const erase = app.dialog.getByRole("button", { name: "Erase everything" });

  await expect(app.dialog).toContainText("3 deliveries");
  await expect(app.dialog).toContainText("our webhook at simulator");
  await expect(erase).toBeDisabled();
  await app.dialog.getByLabel(/^Type/).fill("erase everything");
  await erase.click();
  await expect(app.dialog).toContainText("Everything here is erased");
  await app.dialog.getByRole("button", { name: "Start afresh" }).click();

  await expect(page.getByRole("heading", { name: "Receive your first webhook" })).toBeVisible();
  expect(await inspector.client.call("app.holdings", {})).toMatchObject({ deliveries: 0, apiKeys: 0 });
});

test("a bar that tells how far something is has the accent's colour in both themes", async ({ app, page, context }) => {
  await expect(app.status).toBeVisible();
  // A real one is gone before it can be looked at.
  await page.evaluate(() => {
    const bar = Object.assign(document.createElement("progress"), { max: 2, value: 1, className: "accent-accent h-2" });
    document.body.prepend(bar);
  });
  const scratch = await context.newPage();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const picture = (await page.getByRole("progressbar").screenshot()).toString("base64");
    const [red = 0, green = 0, blue = 0] = await scratch.evaluate(async (base64) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
      canvas?.drawImage(image, 0, 0);
      return [...(canvas?.getImageData(image.width / 4, image.height / 2, 1, 1).data ?? [])];
    }, picture);
    expect(blue, colorScheme).toBeGreaterThan(Math.max(red, green));
  }
});

test("after everything is erased, nothing in any window tells of it, and the focus is where one goes on", async ({
  app,
  page,
  inspector,
  context,
}) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
  const other = new InspectorPage(await context.newPage());
  await other.page.goto(inspector.uiUrl);
  for (const { list, rows } of [app, other].map((window) => ({ list: window.list, rows: window.rows() }))) {
    await rows.first().click();
    for (const key of ["d", "j", "x", "Space"]) await list.press(key);
  }
  await page.bringToFront();
  await app.openArea("Timeline");
  await page.getByLabel("Find by id").fill("vi4k0jvEUuaTdRAEjQ4Jfrgz");
  await app.openArea("Settings");
  await page.getByRole("main").getByRole("button", { name: "Erase everything" }).click();
  await expect(app.dialog).toContainText("3 deliveries");
  await app.dialog.getByLabel(/^Type/).fill("erase everything");
  await page.keyboard.press("Enter");
  await app.dialog.getByRole("button", { name: "Start afresh" }).press("Enter");

  await expect(page.getByRole("region", { name: "No deliveries" })).toBeFocused();
  for (const window of [app, other]) {
    await expect(window.page.getByRole("button", { name: "Send a first event" })).toBeVisible();
    await expect(window.page.getByText("Paused.")).toHaveCount(0);
    await expect(window.page).toHaveURL(/#\/deliveries$/);
  }
  await page.getByRole("button", { name: "Send a first event" }).click();
  for (const window of [app, other]) {
    await expect(window.rows()).toHaveCount(1);
    await expect(window.page.getByText("marked")).toHaveCount(0);
    await expect(window.page.getByText("Comparing")).toHaveCount(0);
  }
  await app.openArea("Timeline");
  await expect(page.getByLabel("Find by id")).toHaveValue("");
});

test("what a flag decides is off, and says which flag and why", async ({ page }) => {
  using dir = tempDir();
  const args = ["--data-dir", dir.path, "--listener-port", "0", "--ui-port", "0"];
  await using child = await startChild([...[CLI, "serve", "--json", "--no-open", ...args, "--forward-to", "3000"]]);
  await page.goto(`${child.ready["uiUrl"]}`);
  await expect(page.getByRole("region", { name: "Status" })).toContainText("Listener");
  await page.keyboard.press("Shift+S");
  await expect(page.getByLabel("Search the settings")).toBeFocused();

  await expect(page.getByLabel("Forward to")).toBeDisabled();
  await expect(page.getByLabel("Forward to")).toHaveAccessibleDescription(
    /Set by --forward-to when the app was started/,
  );
});
