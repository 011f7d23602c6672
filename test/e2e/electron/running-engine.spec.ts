import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { host, runToEnd } from "../../electron-harness/launch.ts";
import { type Child, CLI, startChild } from "../../helpers/child.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { InspectorPage } from "../pages/inspector-page.ts";
import { appArgs, calls, test } from "./fixtures.ts";

const ENCODED = { type: "video.encoding.quality.completed", videoId: "vi-desktop", encoding: "hls", quality: "720p" };

function startServe(dataDir: string, ...flags: string[]): Promise<Child> {
  return startChild([CLI, "serve", "--json", "--no-open", ...appArgs(dataDir), ...flags]);
}

async function pidInRecord(dataDir: string): Promise<number> {
  return JSON.parse(await readFile(join(dataDir, "engine.json"), "utf8")).pid;
}

function saysPid(page: Page, child: Child): Promise<void> {
  return expect(page.getByText(`The inspector runs elsewhere, as process ${child.process.pid}`)).toBeVisible();
}

test("the window opens on the inspector that serve runs, and what is done in it is done there", async ({ desktop }) => {
  await using receiver = await startReceiver();
  await using serve = await startServe(desktop.dataDir, "--forward-to", receiver.url);
  const { app, page, call, deliver } = await desktop.start();
  const inspector = new InspectorPage(page);
  await saysPid(page, serve);
  await call("settings.update", { firstRunDone: true, theme: "dark" });

  await deliver(ENCODED);
  await expect(inspector.rows(/Rendition ready/)).toContainText("200");
  await page.keyboard.press("j");
  await page.keyboard.press("r");

  await expect.poll(() => receiver.requests.length).toBe(2);
  await expect(inspector.detail.getByRole("button", { name: "Replay" })).toBeVisible();
  expect(await call("deliveries.list")).toMatchObject({ total: 1, items: [{ attempts: 2 }] });
  expect(await pidInRecord(desktop.dataDir)).toBe(serve.process.pid);
  const theme = () =>
    app.evaluate(({ nativeTheme }: { nativeTheme: { themeSource: string } }) => nativeTheme.themeSource);
  await expect.poll(theme).toBe("dark");
});

test("the window opens on the inspector that listen runs, and on its history", async ({ desktop }) => {
  await using listen = await startChild([CLI, "listen", "--format", "json", ...appArgs(desktop.dataDir)]);
  await fetch(`${listen.ready["listenerUrl"]}/hook`, { method: "POST", body: JSON.stringify(ENCODED) });

  const { page, deliver } = await desktop.start();
  const inspector = new InspectorPage(page);

  await expect(inspector.rows(/Rendition ready/)).toHaveCount(1);
  await deliver({ type: "still.here" });
  await expect(inspector.rows(/still\.here/)).toBeVisible();
  await saysPid(page, listen);
});

test("quitting the window leaves that inspector running, and its record", async ({ desktop }) => {
  await using serve = await startServe(desktop.dataDir);
  const { app, page, deliver } = await desktop.start();
  await saysPid(page, serve);

  expect(await app.quit()).toBe(0);

  expect(serve.process.exitCode).toBeNull();
  expect(await pidInRecord(desktop.dataDir)).toBe(serve.process.pid);
  expect(await deliver(ENCODED)).toBe(202);
});

test("when that inspector is gone the window says so, keeps what was known, and follows the next one", async ({
  desktop,
}) => {
  await using first = await startServe(desktop.dataDir);
  const { page, call, deliver } = await desktop.start();
  const inspector = new InspectorPage(page);
  await call("settings.update", { firstRunDone: true });
  await deliver(ENCODED);
  await inspector.rows().first().click();
  const replay = inspector.detail.getByRole("button", { name: "Replay" });
  await expect(replay).toBeVisible();

  await first.end("SIGKILL");
  await expect(inspector.problems).toContainText("The inspector does not answer.");
  await expect(replay).toBeDisabled();
  await expect(inspector.rows()).toHaveCount(1);
  await expect(page.getByText("The inspector runs elsewhere, as process")).toHaveCount(0);

  // Loaded again meanwhile, the page knows as much.
  await page.reload();
  await expect(inspector.problems).toContainText("The inspector does not answer.");

  await using next = await startServe(desktop.dataDir);
  await expect(inspector.problems).toBeHidden({ timeout: 15_000 });
  await saysPid(page, next);
  await deliver({ type: "still.here" });
  await expect(inspector.rows(/still\.here/)).toBeVisible();
  await expect(inspector.rows(/Rendition ready/)).toBeVisible();
});

test("a second start brings the window to the front, and once that inspector is gone, starts the app anew", async ({
  desktop,
}) => {
  test.skip(host === "electron", "Electron itself starts anew, beyond what a test can hold on to.");
  await using serve = await startServe(desktop.dataDir);
  const first = await desktop.start();
  await saysPid(first.page, serve);

  await runToEnd({ args: appArgs(desktop.dataDir) });
  await expect.poll(() => calls(first.app)).toContain("window.focus");
  expect(first.app.process.exitCode).toBeNull();

  await serve.end("SIGKILL");
  await expect(new InspectorPage(first.page).problems).toContainText("The inspector does not answer.");
  await runToEnd({ args: appArgs(desktop.dataDir) });
  expect(await first.app.exited).toBe(0);

  const { deliver } = await desktop.start();
  expect(await deliver(ENCODED)).toBe(202);
});

test("while nobody looks at the window, the desktop tells of what fails there", async ({ desktop }) => {
  test.skip(host === "electron", "what the desktop was told is only remembered by the harness");
  await using serve = await startServe(desktop.dataDir);
  const { app, page, call, deliver } = await desktop.start();
  await call("secrets.set", { kind: "webhook", webhookId: "webhook_1", value: "the real secret" });
  await saysPid(page, serve);
  await app.evaluate(({ BrowserWindow }: { BrowserWindow: { getAllWindows(): { hide(): void }[] } }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide();
  });

  await deliver(ENCODED, "another secret");

  await expect.poll(() => calls(app)).toContain("app.setBadgeCount 1");
});

test("where a kill left the record of one that is gone, the window runs its own", async ({ desktop }) => {
  const serve = await startServe(desktop.dataDir);
  await serve.end("SIGKILL");

  const { app, page, deliver } = await desktop.start();

  expect(await deliver(ENCODED)).toBe(202);
  await expect(new InspectorPage(page).rows()).toHaveCount(1);
  expect(await pidInRecord(desktop.dataDir)).not.toBe(serve.process.pid);
  await expect(page.getByText("The inspector runs elsewhere, as process")).toHaveCount(0);
  expect(await app.quit()).toBe(0);
  await expect(stat(join(desktop.dataDir, "engine.json"))).rejects.toThrow("ENOENT");
});

test("a flag that counts at a start only is refused in words, and the inspector that runs goes on", async ({
  desktop,
}) => {
  await using serve = await startServe(desktop.dataDir, "--forward-to", "3999");

  const { code, stderr } = await runToEnd({ args: [...appArgs(desktop.dataDir), "--forward-to", "4000"] });

  expect(code).toBe(2);
  expect(stderr).toContain("--forward-to counts at its start only");
  expect(stderr).toContain("--data-dir");
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(serve.process.exitCode).toBeNull();
});

test("the page never gets the token, and calls nothing but commands of the contract", async ({ desktop }) => {
  await using serve = await startServe(desktop.dataDir);
  const { page, deliver } = await desktop.start();
  await saysPid(page, serve);

  const heard = page.evaluate(hearAll);
  await expect.poll(() => page.evaluate(() => document.title)).toBe("hearing");
  await deliver(ENCODED);
  const all = await heard;

  expect(all).toContain("delivery.received");
  expect(all).toContain(`"pid":${serve.process.pid}`);
  expect(all).toContain('"command.unknown"');
  expect(all).not.toContain('"path":"/open/');
  expect(all).not.toContain(serve.ready["token"]);
});

/** What of preload's bridge is tried here. */
interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  onEvent(listener: (event: { name: string }) => void): () => void;
  onStatus(listener: (status: unknown) => void): () => void;
}

/** In the page: all that it can come to know of its engine, until a delivery has arrived. */
async function hearAll(): Promise<string> {
  // The name under which preload shows its bridge.
  const { inspector } = window as unknown as { inspector: Bridge };
  const heard: unknown[] = [document.documentElement.outerHTML, { ...localStorage }, window.location.href];
  inspector.onStatus((status) => void heard.push(status));
  for (const name of ["app.snapshot", "settings.get", "secrets.status", "app.diagnostics", "profiles.list"])
    heard.push(await inspector.call(name, {}));
  for (const name of ["../open", "..", "open", "app.snapshot/../../open"]) heard.push(await inspector.call(name, {}));
  const arrived = new Promise<void>((resolve) => {
    inspector.onEvent((event) => {
      heard.push(event);
      if (event.name === "delivery.received") resolve();
    });
  });
  document.title = "hearing";
  await arrived;
  return JSON.stringify(heard);
}
