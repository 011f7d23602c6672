import { expect, skipFirstRun, test } from "../fixtures.ts";

test("the first minute by mouse: the simulator sends an event that is verified", async ({ app, page }) => {
  await expect(page.getByRole("heading", { name: "Receive your first webhook" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "A listener" })).toContainText("http://127.0.0.1:");

  await page.getByRole("button", { name: "Send a first event" }).click();

  await expect(app.rows("Rendition ready")).toContainText("Verified");
  await expect(app.detail.getByRole("heading", { name: "Rendition ready" })).toBeVisible();
  await expect(app.detail).toContainText("What happened");
});

test("an API key is checked before it is kept, and never shown again", async ({ app, page, inspector }) => {
  const account = page.getByRole("region", { name: "Connect api.video" });
  await account.getByLabel("Environment").selectOption("custom");
  await account.getByLabel("Base URL").fill(inspector.simulatorUrl);
  await account.getByLabel("API key").fill("not the key");
  await account.getByRole("button", { name: "Connect" }).click();
  await expect(account.getByRole("alert")).toContainText(/refuse/i);

  await account.getByLabel("API key").fill("simulator");
  await account.getByRole("button", { name: "Connect" }).click();
  await expect(account).toContainText("Connected to custom");
  await account.getByRole("button", { name: "Show deliveries" }).click();

  await expect(app.detail).toContainText("Select a delivery");
  await app.openArea("Settings");
  const settings = page.getByRole("main", { name: "Settings" });
  await expect(settings).toContainText("A key for custom is kept.");
  await expect(settings.getByRole("textbox", { name: "API key" })).toHaveValue("");
});

test("with nothing received yet, there is an address to use and an event to try it with", async ({
  app,
  inspector,
}) => {
  await skipFirstRun(inspector);

  await expect(app.page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
  await expect(app.page.getByRole("region", { name: "Deliveries", exact: true })).toContainText(inspector.listenerUrl);
  await app.page.getByRole("button", { name: "Send a test event" }).click();

  await expect(app.rows("Rendition ready")).toHaveCount(1);
});

test("a browser without the key of this run is told how to get in", async ({ page, inspector }) => {
  await page.goto(new URL("/", inspector.uiUrl).href);

  await expect(page.getByRole("heading", { name: "This page needs its key" })).toBeVisible();
});

test("the key is gone from the address, and a reload brings back the same place", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await app.rows("Captions ready").click();
  await app.tab("Headers").click();
  expect(page.url()).not.toContain("token");

  await page.reload();

  await expect(app.tab("Headers")).toHaveAttribute("aria-selected", "true");
  await expect(app.detail.getByRole("heading", { name: "Captions ready" })).toBeVisible();
});
