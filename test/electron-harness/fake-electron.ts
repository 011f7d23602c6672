/*
 * Electron's main-process module, faked as far as this app uses it. Windows are pages of a real Chromium, the built
 * preload runs in an isolated world of its page, IPC goes through a debugging binding that only that world has. What is
 * not here throws when it is touched, or fails the import.
 *
 * Not faithful, and so no evidence: window management, menus, dialogs, permission prompts (the handlers can be asked,
 * Chromium never asks them), downloads, subframes, the renderer's OS sandbox, `location.origin` (https, not app:), fuses.
 */
import { makeCodec } from "./codec.ts";
import { FakeApp } from "./fake/app.ts";
import { createBrowserWindowClass } from "./fake/browser-window.ts";
import { type RunningChromium, startChromium } from "./fake/chromium.ts";
import { harness, strict } from "./fake/harness.ts";
import { FakeIpcMain } from "./fake/ipc-main.ts";
import { FakeProtocol } from "./fake/protocol.ts";
import * as services from "./fake/services.ts";
import { FakeSession } from "./fake/session.ts";

const fakeApp = new FakeApp();
const fakeProtocol = new FakeProtocol(() => fakeApp.isReady());
const fakeIpcMain = new FakeIpcMain();
const fakeSession = new FakeSession();
let running: RunningChromium | null = null;

export const app = strict("app", fakeApp);
export const protocol = strict("protocol", fakeProtocol);
export const ipcMain = strict("ipcMain", fakeIpcMain);
export const session = strict("session", { defaultSession: strict("session.defaultSession", fakeSession) });
export const BrowserWindow = createBrowserWindowClass(fakeApp, () => {
  if (running === null) throw new Error("Cannot create BrowserWindow before app is ready");
  return { context: running.context, ipcMain: fakeIpcMain, protocol: fakeProtocol };
});
export const { clipboard, dialog, Menu, nativeTheme, Notification, safeStorage, screen, shell } = services;

const wire = makeCodec();
const scope = { ...services, app, BrowserWindow, harness, ipcMain, protocol, session };

// A test's ElectronApplication.evaluate(): a function as text, run with Electron's modules and the harness.
process.on("message", async (message: { type: string; id: number; code: string; arg: unknown }) => {
  if (message.type !== "evaluate") return;
  try {
    // biome-ignore lint/security/noGlobalEval: the text is a function of the test that started this process.
    const run = globalThis.eval(`(${message.code})`);
    process.send?.({ type: "result", id: message.id, value: wire.encode(await run(scope, wire.decode(message.arg))) });
  } catch (error) {
    process.send?.({ type: "result", id: message.id, error: error instanceof Error ? error.message : String(error) });
  }
});
process.on("disconnect", () => fakeApp.exit(1));

// After the program's main module has run, as in Electron, so that the profile's place and the schemes are settled.
setImmediate(async () => {
  try {
    running = await startChromium(fakeApp.getPath("userData"), fakeProtocol);
    const { context, cdpUrl } = running;
    fakeApp.become({
      closeWindows: () => BrowserWindow.getAllWindows().every((window) => window.close()),
      closeBrowser() {
        for (const window of BrowserWindow.getAllWindows()) window.destroy();
        return context.close();
      },
    });
    process.send?.({ type: "ready", cdpUrl });
  } catch (error) {
    console.error("fake electron: Chromium did not start:", error);
    process.exit(1);
  }
});
