import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { host, type LaunchedApp } from "../../electron-harness/launch.ts";
import { test } from "./fixtures.ts";

/** As the list words it: "Rendition ready". */
const ENCODED = { type: "video.encoding.quality.completed", videoId: "vi-desktop", encoding: "hls", quality: "720p" };

test("the window opens and shows a delivery as it arrives", async ({ desktop }) => {
  const { page, deliver } = await desktop.start();

  expect(await deliver(ENCODED)).toBe(202);

  const row = page.getByRole("row", { name: /Rendition ready/ });
  await expect(row).toContainText(/Unsigned/i);
});

test("a simulated event comes in signed and shows as verified", async ({ desktop }) => {
  const { page, call } = await desktop.start();

  await call("simulator.trigger", { type: "video.encoding.quality.completed" });

  await expect(page.getByRole("row", { name: /Rendition ready/ })).toContainText(/Verified/i);
});

test("a delivery is replayed to a local server by keyboard alone", async ({ desktop }) => {
  const received: string[] = [];
  await using server = await startServer((path, body) => received.push(`${path} ${body}`));
  const { page, call, deliver } = await desktop.start();
  await call("settings.update", { firstRunDone: true });
  await deliver(ENCODED);
  await call("settings.update", { forwardTo: server.url });
  await expect(page.getByRole("row", { name: /Rendition ready/ })).toBeVisible();

  await page.keyboard.press("j");
  await page.keyboard.press("r");

  await expect.poll(() => received).toEqual([`/hook ${JSON.stringify(ENCODED)}`]);
  await expect(page.getByRole("row", { name: /Rendition ready/ })).toContainText("200");
});

test("the desktop's theme follows the setting", async ({ desktop }) => {
  const { app, call } = await desktop.start();
  const theme = () =>
    app.evaluate(({ nativeTheme }: { nativeTheme: { themeSource: string } }) => nativeTheme.themeSource);
  expect(await theme()).toBe("system");

  await call("settings.update", { theme: "dark" });

  await expect.poll(theme).toBe("dark");
});

test("the menu does what the page's keys do, and shows the keys in force", async ({ desktop }) => {
  const { app, page, call, deliver } = await desktop.start();
  await call("settings.update", { firstRunDone: true });
  await deliver(ENCODED);
  await expect(page.getByRole("row", { name: /Rendition ready/ })).toBeVisible();

  await choose(app, "delivery.pin");
  await expect(page.getByText("“Pin or unpin” cannot be done right now.", { exact: true })).toBeVisible();
  await page.keyboard.press("j");
  await choose(app, "delivery.pin");
  await expect(page.getByRole("img", { name: "Pinned" })).toBeVisible();

  expect(await acceleratorOf(app, "delivery.pin")).toBe("P");
  await call("settings.update", { keys: { "delivery.pin": ["$mod+Shift+P"] } });
  await expect.poll(() => acceleratorOf(app, "delivery.pin")).toBe("CommandOrControl+Shift+P");
  // The menu may know before the page does.
  await expect(page.getByRole("button", { name: /^Unpin/ })).toHaveAttribute("aria-keyshortcuts", /Shift/);
  await page.keyboard.press("ControlOrMeta+Shift+P");
  await expect(page.getByRole("img", { name: "Pinned" })).toHaveCount(0);
});

test("a secret rests sealed by the keychain and is known again at the next start", async ({ desktop }) => {
  test.skip(host === "electron", "What Electron finds depends on the keyring of the machine.");
  const first = await desktop.start();
  await first.call("secrets.set", { kind: "webhook", webhookId: "webhook_desktop", value: "sig_sec_canary" });
  await first.app.quit();

  const file = join(desktop.dataDir, "secrets");
  expect(await readFile(file, "utf8")).toMatch(/^sealed:(?!.*canary)/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const second = await desktop.start();
  const { webhookIds, storage } = await second.call("secrets.status");
  expect(webhookIds).toContain("webhook_desktop");
  expect(storage).toContain("keychain");
});

test("quitting ends with 0 and takes the engine's record away; the next start has the deliveries", async ({
  desktop,
}) => {
  const first = await desktop.start();
  await first.deliver(ENCODED);
  expect(existsSync(join(desktop.dataDir, "engine.json"))).toBe(true);

  expect(await first.app.quit()).toBe(0);
  expect(existsSync(join(desktop.dataDir, "engine.json"))).toBe(false);

  const second = await desktop.start();
  await expect(second.page.getByRole("row", { name: /Rendition ready/ })).toBeVisible();
});

test("a signal ends the app as quitting does", async ({ desktop }) => {
  test.skip(process.platform === "win32", "Windows has no signals.");
  const { app } = await desktop.start();

  app.process.kill("SIGTERM");

  expect(await app.exited).toBe(0);
  expect(existsSync(join(desktop.dataDir, "engine.json"))).toBe(false);
});

interface MenuOfElectron {
  Menu: { getApplicationMenu(): { getMenuItemById(id: string): { accelerator?: string; click(): void } } };
}

function choose(app: LaunchedApp, id: string): Promise<void> {
  return app.evaluate(
    ({ Menu }: MenuOfElectron, wanted: string) => Menu.getApplicationMenu().getMenuItemById(wanted).click(),
    id,
  );
}

function acceleratorOf(app: LaunchedApp, id: string): Promise<string | undefined> {
  return app.evaluate(
    ({ Menu }: MenuOfElectron, wanted: string) => Menu.getApplicationMenu().getMenuItemById(wanted).accelerator,
    id,
  );
}

/** A developer's own server, for replays. */
async function startServer(receive: (path: string, body: string) => void): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    receive(request.url ?? "", Buffer.concat(chunks).toString());
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    // A TCP server's address is always of this form.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
