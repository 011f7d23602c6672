import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, skipFirstRun, startInspector } from "../e2e/fixtures.ts";
import { InspectorPage } from "../e2e/pages/inspector-page.ts";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { shooter, THEMES, windowOf } from "./shoot.ts";

const LARGE_BYTES = 3_000_000;
const HISTORY = 100_000;
const VIDEO = "vi4blUQJFrYWbaG44NChkH27";

/** A folder on a disk of two megabytes. Mounting it takes root on Linux. */
const test = base.extend<{ smallDisk: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  smallDisk: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "inspector-small-disk-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]);
    await use(folder);
    execFileSync("umount", [folder]);
    rmdirSync(folder);
  },
});

for (const theme of THEMES) {
  const shoot = shooter(theme);

  test.describe(theme, () => {
    test.use(windowOf(theme));

    test(`a full disk, ${theme}`, async ({ page, smallDisk }) => {
      const inspector = await startInspector(smallDisk);
      await skipFirstRun(inspector);
      await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
      const refused = await sendDelivery(inspector.listenerUrl, { body: "x".repeat(LARGE_BYTES) });
      expect(refused.status).toBe(503);
      await page.goto(inspector.uiUrl);
      const app = new InspectorPage(page);
      await expect(app.problems).toContainText("The disk is full");
      await expect(app.bars).not.toHaveCount(0);
      await shoot(page, "state-disk-full");
      await inspector.child[Symbol.asyncDispose]();
    });

    test(`a disk that refuses, ${theme}`, async ({ app, inspector, page }) => {
      await skipFirstRun(inspector);
      await inspector.client.call("simulator.trigger", { type: "video.caption.generated", count: 3 });
      execFileSync("prlimit", ["--pid", String(inspector.child.process.pid), "--fsize=1000000"]);
      const refused = await sendDelivery(inspector.listenerUrl, { body: "x".repeat(LARGE_BYTES) });
      expect(refused.status).toBe(503);
      await expect(app.problems).toContainText("they cannot be kept");
      await expect(app.bars).not.toHaveCount(0);
      await shoot(page, "state-disk-refuses");
    });

    test(`a page without its key, ${theme}`, async ({ page, inspector }) => {
      await page.goto(inspector.uiUrl.split("#")[0] ?? "");
      await expect(page.getByRole("heading", { name: "This page needs its key" })).toBeVisible();
      await shoot(page, "state-no-key");
    });

    test(`a large payload, ${theme}`, async ({ app, inspector, page }) => {
      await skipFirstRun(inspector);
      const frames = Array.from({ length: 150_000 }, (_, index) => ({ frame: index, at: index * 40, kind: "delta" }));
      const body = JSON.stringify({ type: "video.analysed", videoId: VIDEO, frames });
      await sendDelivery(inspector.listenerUrl, { body });
      await app.rows("video.analysed").click();
      await app.tab("Payload").click();
      await expect(app.detail).toContainText(/The first 1 MB of \d/);
      await expect(app.detail.getByRole("treeitem", { name: /^frames/ })).toBeVisible();
      await shoot(page, "state-large-payload");
    });

    test(`what a list can hold, ${theme}`, async ({ app, inspector, page }) => {
      await skipFirstRun(inspector);
      const { client, listenerUrl } = inspector;
      await client.call("settings.update", {
        savedSearches: [
          { name: "What my handler refused", query: "status:500 -sig:unsigned" },
          { name: "Failed today", query: "sig:failed" },
          { name: "Renditions of the trailer", query: `id:${VIDEO} type:video.encoding.quality.completed` },
        ],
      });
      await client.call("simulator.trigger", { type: "live-stream.broadcast.started" });
      const body = encodingEvent({ videoId: VIDEO, encoding: "hls", quality: "720p" });
      for (let time = 0; time < 4; time++) await sendDelivery(listenerUrl, { body });
      await client.call("simulator.trigger", { type: "video.caption.generated", set: { videoId: VIDEO } });
      await expect(app.rows("Captions ready")).toBeVisible();
      await app.rows("×4").getByRole("button", { name: "Show the repeats" }).click();
      await expect(app.rows("repeat 3")).toBeVisible();
      await app.rows("repeat 1").click();
      await expect(app.detail).toContainText("What happened");
      await shoot(page, "list-repeats");

      await app.list.focus();
      for (const key of ["x", "j", "x", "j", "x"]) await page.keyboard.press(key);
      await expect(page.getByRole("status", { name: "Marked deliveries" })).toContainText("3 marked");
      await shoot(page, "list-marked");
      await page.keyboard.press("Escape");

      await app.filter.fill("quality=720p ");
      await expect(app.rows("Captions ready")).toHaveCount(0);
      await page.getByRole("button", { name: "Saved searches" }).click();
      await expect(app.dialog).toBeInViewport();
      await expect(app.dialog.getByLabel("Save the present filter as")).toBeVisible();
      await shoot(page, "saved-searches");
      await page.keyboard.press("Escape");

      for (const name of ["Staging", "Ada's laptop"]) await client.call("profiles.save", { name });
      await page.locator("body").press("Shift+P");
      await expect(app.dialog).toContainText("Ada's laptop");
      await shoot(page, "profiles");
    });
  });

  test.describe(`${HISTORY} deliveries`, () => {
    test.use({ ...windowOf(theme), history: HISTORY });

    test(`a long history, ${theme}`, async ({ app, inspector, page }) => {
      await skipFirstRun(inspector);
      await expect(app.list).toHaveAttribute("aria-rowcount", String(HISTORY + 1));
      await app.list.evaluate((list) => {
        list.scrollTop = list.scrollHeight / 2;
      });
      const middle = app.list.locator(`[aria-rowindex="${HISTORY / 2}"]`);
      await expect(middle).toContainText("Rendition ready");
      await middle.click();
      await app.tab("Payload").click();
      await expect(app.detail.getByRole("tree", { name: "Payload" })).toBeVisible();
      await shoot(page, "list-long");
    });
  });
}
