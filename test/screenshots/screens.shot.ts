import type { Page } from "@playwright/test";
import { test as base, expect, skipFirstRun } from "../e2e/fixtures.ts";
import { TAB_NAMES } from "../e2e/pages/inspector-page.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { type Receiver, startReceiver } from "../helpers/receiver.ts";
import { work } from "./morning.ts";
import { shooter, THEMES, windowOf } from "./shoot.ts";

const test = base.extend<{ server: Receiver }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  server: async ({}, use) => {
    const server = await startReceiver();
    await use(server);
    await server[Symbol.asyncDispose]();
  },
});

for (const theme of THEMES) {
  const shoot = shooter(theme);

  test.describe(theme, () => {
    test.use(windowOf(theme));

    test(`the window at work, ${theme}`, async ({ app, inspector, page, server }) => {
      await work(inspector, server);
      await expect(app.rows("Captions ready")).toBeVisible();
      await app.rows("hls 720p").click();
      for (const tab of TAB_NAMES) {
        await app.tab(tab).click();
        await expect(app.detail.getByRole("tabpanel", { name: tab })).not.toContainText("Loading");
        await shoot(page, `detail-${tab.toLowerCase()}`);
      }
      await app.rows("hls 480p").click();
      await app.tab("Attempts").click();
      await shoot(page, "detail-answers");

      await app.rows("hls 360p").click();
      await page.keyboard.press("d");
      await app.rows("hls 240p").click();
      await page.keyboard.press("d");
      await expect(app.dialog.getByRole("textbox").first()).toBeVisible();
      await shoot(page, "compare");
      await page.keyboard.press("Escape");
      await expect(app.dialog).toHaveCount(0);

      await page.keyboard.press("Control+k");
      await expect(app.palette).toBeFocused();
      await shoot(page, "palette");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expect(app.dialog).toContainText("Replay delivery");
      await shoot(page, "keys");
      await page.keyboard.press("Escape");
      await page.keyboard.press("t");
      await expect(app.dialog.getByLabel("Signature")).toBeVisible();
      await shoot(page, "trigger");
      await app.dialog.getByRole("button", { name: "Play a scenario…" }).click();
      await app.dialog.getByRole("radio", { name: "A broadcast" }).click();
      await shoot(page, "scenario");
      await page.keyboard.press("Escape");

      for (const area of ["Timeline", "Connection", "Webhooks", "Settings"] as const) {
        await app.openArea(area);
        await expect(page.getByRole("main", { name: area })).toBeVisible();
        await expect(page.getByRole("main", { name: area })).not.toContainText("Loading");
        if (area === "Timeline") await lanesDrawn(page);
        await shoot(page, `area-${area.toLowerCase()}`);
      }
      await page.getByRole("button", { name: "Erase everything" }).click();
      await expect(app.dialog).toContainText("signing secrets of");
      await shoot(page, "erase");
      await page.keyboard.press("Escape");

      await app.openArea("Deliveries");
      await app.filter.fill("enc");
      await expect(page.getByRole("listbox", { name: "Suggestions" })).toBeVisible();
      await expect(app.rows("Captions ready")).toHaveCount(0);
      await shoot(page, "search-suggestions");
      await app.filter.fill("");
      await expect(app.rows("Captions ready")).toBeVisible();
      await app.filter.fill("sigg:failed ");
      await expect(page.getByText("Not applied")).toBeVisible();
      await shoot(page, "state-search-error");
      await app.filter.fill("sig:verified cause:encoding ");
      await page.keyboard.press("Escape");
      await expect(page.getByRole("heading", { name: "No delivery matches the filter" })).toBeVisible();
      await shoot(page, "state-nothing-matches");
      await page.getByRole("button", { name: "Clear filter", exact: true }).first().click();
      await expect(app.rows("Captions ready")).toBeVisible();
      await app.list.focus();
      await page.keyboard.press("Space");
      await sendDelivery(inspector.listenerUrl, { body: '{"type":"video.summary.generated","videoId":"vi9"}' });
      await expect(page.getByText("1 new delivery")).toBeVisible();
      await shoot(page, "state-paused");
    });

    test(`narrow, ${theme}`, async ({ app, inspector, page, server }) => {
      await page.setViewportSize({ width: 320, height: 720 });
      await work(inspector, server);
      await expect(page.getByText("11 deliveries")).toBeVisible();
      await shoot(page, "narrow-list");
      await app.rows("hls 720p").click();
      await shoot(page, "narrow-detail");
      await page.goto(`${page.url().split("#")[0]}#/timeline`);
      await lanesDrawn(page);
      await shoot(page, "narrow-timeline");
    });

    test(`wide, ${theme}`, async ({ app, inspector, page, server }) => {
      await page.setViewportSize({ width: 2560, height: 1300 });
      await work(inspector, server);
      await expect(page.getByText("11 deliveries")).toBeVisible();
      await app.rows("hls 720p").click();
      await expect(app.detail).toContainText("About this event");
      await shoot(page, "wide-detail");
      await app.openArea("Timeline");
      await lanesDrawn(page);
      await shoot(page, "wide-timeline");
      await app.openArea("Settings");
      await expect(page.getByRole("main", { name: "Settings" })).toContainText("Listener port");
      await shoot(page, "wide-settings");
    });

    test(`states of the list and the path, ${theme}`, async ({ app, inspector, page }) => {
      await expect(page.getByRole("heading", { name: "Receive your first webhook" })).toBeVisible();
      await shoot(page, "state-first-run");
      await skipFirstRun(inspector);
      await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
      await shoot(page, "state-empty");

      await sendDelivery(inspector.listenerUrl, { webhookId: "webhook_elsewhere", secret: "s", body: '{"type":"x"}' });
      await app.rows().first().click();
      await expect(app.detail).toContainText("Not what api.video documents");
      await shoot(page, "state-secret-missing");
      await sendDelivery(inspector.listenerUrl, { body: "a".repeat(10 * 1024 * 1024 + 1) }).catch(() => undefined);
      await expect(app.rows()).toHaveCount(2);
      await app.rows().first().click();
      await expect(app.detail).toContainText("What happened");
      await shoot(page, "state-body-too-large");
      await sendDelivery(inspector.listenerUrl, { body: '{"type":"video.uploaded",' });
      await expect(app.rows()).toHaveCount(3);
      await app.rows().first().click();
      await app.tab("Payload").click();
      await shoot(page, "state-malformed");

      await inspector.client.call("settings.update", { tunnel: "localtunnel", tunnelHost: "http://127.0.0.1:9" });
      await expect(app.problems).toContainText(/tunnel|through/, { timeout: 20_000 });
      await shoot(page, "state-tunnel-down");
      await inspector.child[Symbol.asyncDispose]();
      await expect(app.problems).toContainText("The inspector does not answer");
      await shoot(page, "state-host-gone");
    });
  });
}

/** Each lane is fetched for itself: that of the live stream, and that of its recording. */
async function lanesDrawn(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: /: Live ended/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /: Captions ready/ })).toBeVisible();
}
