import { expect, skipFirstRun, test } from "../fixtures.ts";
import type { InspectorPage } from "../pages/inspector-page.ts";

const banner = ({ page }: InspectorPage) => page.getByRole("region", { name: "Scenario" });

async function open({ page, palette, dialog }: InspectorPage): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(palette).toBeFocused();
  await page.keyboard.type("play a scenario");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("radio", { name: /^An upload one video/i })).toBeFocused();
}

test("a scenario is chosen by what it sends and when, and played, by keyboard alone", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await open(app);
  const steps = app.dialog.getByRole("region", { name: "What it sends" });
  await expect(app.dialog.getByRole("status")).toHaveText("5 events in 12 s.");

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(app.dialog.getByRole("radio", { name: "An upload with captions" })).toBeFocused();
  await expect(app.dialog.getByRole("status")).toHaveText("7 events in 14 s.");
  await expect(steps.getByRole("listitem")).toHaveText([
    "0.0 sRendition ready hls 240p",
    "3.0 sRendition ready hls 360p",
    "6.0 sRendition ready mp4 720p",
    "7.0 sCaptions ready en",
    "9.0 sRendition ready hls 480p",
    "12.0 sRendition ready hls 720p",
    "14.0 sSummary ready",
  ]);
  await page.keyboard.press("Tab");
  await expect(steps).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("ten");
  await expect(app.dialog.getByRole("status")).toHaveText("7 events in 1.4 s.");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");

  await expect(app.dialog).toHaveCount(0);
  await expect(banner(app).getByRole("status")).toHaveText("An upload with captions is simulated.");
  await expect(app.toast("An upload with captions: 7 events sent.")).toBeVisible();
  await expect(banner(app)).toHaveCount(0);
  await expect(app.rows("Verified")).toHaveCount(7);
  const { items } = await inspector.client.call("deliveries.list", {});
  expect(new Set(items.map(({ subject }) => subject.videoId)).size).toBe(1);
});

test("one scenario goes at a time, says how far it is and when it goes on, and can be stopped between two events", async ({
  app,
  page,
  inspector,
}) => {
  await skipFirstRun(inspector);
  await open(app);
  await app.dialog.getByRole("radio", { name: "A broadcast" }).click();
  await app.dialog.getByRole("button", { name: "Play", exact: true }).click();

  await expect(banner(app)).toContainText(/1 of 8 events sent, the next in \d+ s/);
  await expect(banner(app).getByRole("progressbar", { name: "Progress" })).toHaveAttribute("value", "1");
  await open(app);
  await expect(app.dialog.getByRole("status")).toHaveText("One is being played. Stop it first, or wait for its end.");
  await expect(app.dialog.getByRole("button", { name: "Play", exact: true })).toBeDisabled();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await banner(app).getByRole("button", { name: "Stop" }).press("Enter");

  await expect(app.toast("A broadcast: stopped after 1 of 8 events.")).toBeVisible();
  await expect(banner(app)).toHaveCount(0);
  // The focus went on, instead of falling out of the window.
  await expect(page.locator("body")).not.toBeFocused();
  await expect(app.rows()).toHaveCount(1);
});

test("what a scenario sends is signed, shaped and repeated as it is told", async ({ app, page, inspector }) => {
  await skipFirstRun(inspector);
  await open(app);
  await app.dialog.getByRole("radio", { name: "A storm" }).click();
  await app.dialog.getByLabel("Pace").selectOption("Without pauses");
  await app.dialog.getByLabel("Signature").selectOption("Missing");
  await app.dialog.getByLabel("Payload shape").selectOption("The tutorial's");
  await expect(app.dialog.getByRole("status")).toHaveText("55 events, one after the other.");
  await expect(app.dialog.getByRole("listitem").filter({ hasText: "sent again" })).toHaveCount(13);
  await app.dialog.getByRole("button", { name: "Play", exact: true }).click();

  await expect(app.toast("A storm: 55 events sent.")).toBeVisible({ timeout: 20_000 });
  const { total } = await inspector.client.call("deliveries.list", { query: "sig:unsigned" });
  expect(total).toBe(55);
  // Its beginning is one of those that are sent again.
  const shaped = await inspector.client.call("deliveries.list", { query: "event=live-stream.broadcast.started" });
  expect(shaped.total).toBe(2);
  await expect(page.getByRole("region", { name: "Scenario" })).toHaveCount(0);
});

test("a scenario ends, and says so, where the inspector goes away", async ({ app, inspector }) => {
  await skipFirstRun(inspector);
  await open(app);
  await app.dialog.getByRole("radio", { name: "A broadcast" }).click();
  await app.dialog.getByLabel("Pace").selectOption("Ten times as fast");
  await app.dialog.getByRole("button", { name: "Play", exact: true }).click();
  await expect(banner(app)).toContainText("1 of 8 events sent");

  await inspector.child.end("SIGKILL");

  await expect(app.toast(/^A broadcast: stopped after \d of 8 events\. ./)).toBeVisible();
  await expect(banner(app)).toHaveCount(0);
});
