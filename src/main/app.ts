import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { app, BrowserWindow, clipboard, dialog, Menu, nativeTheme, protocol, session, shell } from "electron";
import { createEngine, type Engine } from "#core/engine.ts";
import { startControlEndpoint } from "#core/hosts/control-endpoint.ts";
import { EXIT_CODES } from "#core/hosts/exit-codes.ts";
import { DEFAULT_UI_PORT, type HostOptions } from "#core/hosts/host-options.ts";
import { createLineLog } from "#core/hosts/line-log.ts";
import { keepEnvironmentOutOfReports } from "#core/lib/keep-environment-out.ts";
import { makeFolder } from "#core/lib/make-folder.ts";
import { waitAtMost } from "#core/lib/wait-at-most.ts";
import { SHOW_CHANNEL } from "#shared/channels.ts";
import type { Settings } from "#shared/domain/settings.ts";
import { AppError } from "#shared/errors.ts";
import { APP_SCHEME, APP_URL, createAppProtocol, isAppUrl } from "./app-protocol.ts";
import { tellDesktop } from "./desktop-news.ts";
import { electronDeps } from "./electron-deps.ts";
import { followSettings } from "./follow-settings.ts";
import { bridgeIpc, type IpcMainLike } from "./ipc.ts";
import { joinRunning } from "./join-running.ts";
import { readLaunchOptions } from "./launch-options.ts";
import { type MenuDeps, menuTemplate } from "./menu.ts";
import { offerFreePort } from "./offer-free-port.ts";
import { secureApp, secureSession } from "./security.ts";
import { createShell } from "./shell.ts";
import { openShownEngine, type ShownEngine, showOwn } from "./shown-engine.ts";
import { focusWindow, openWindow, sendToWindow } from "./window.ts";

/** Longer than any part of the engine needs to end; what hangs then is left behind. */
const STOP_MS = 5_000;

const log = createLineLog((line) => void process.stderr.write(line));

/** The dev server of `npm run dev`, which a packaged app never asks. */
const devUrl = app.isPackaged ? undefined : process.env["ELECTRON_RENDERER_URL"];

/** Runs the app until it quits. What stands before the first await has to happen before Electron is ready. */
export async function runApp(ipcMain: IpcMainLike): Promise<void> {
  const resources = new AsyncDisposableStack();
  // Electron's own answer is a dialog with a stack trace in it.
  process.on("uncaughtException", fail);
  // To a rejection it is a warning with all that the error carries, and goes on.
  process.on("unhandledRejection", (error) => log.error("app.rejection_unhandled", error));
  keepEnvironmentOutOfReports();
  // The terminal that started the app may be gone; that must not end it.
  process.stderr.on("error", () => undefined);
  try {
    const options = readLaunchOptions(process.argv.slice(1), process.env);
    keepProfileIn(options.dataDir);
    // The lock lies in the profile, so that it is one app per data folder.
    if (!app.requestSingleInstanceLock()) return leaveToFirstInstance();
    secureApp(app, protocol, { scheme: APP_SCHEME, isTrusted, openLink });
    await app.whenReady();
    const starting = start(ipcMain, options, resources);
    quitInOrder(async () => {
      await Promise.allSettled([starting]);
      await resources.disposeAsync();
    });
    await starting;
  } catch (error) {
    await bounded(resources.disposeAsync());
    fail(error);
  }
}

async function start(ipcMain: IpcMainLike, options: HostOptions, resources: AsyncDisposableStack): Promise<void> {
  secureSession(session.defaultSession);
  protocol.handle(APP_SCHEME, createAppProtocol(join(import.meta.dirname, "../renderer")));
  const shown = await offerFreePort(options, openEngine, wantsFreePort);
  if (shown === null) return app.exit(EXIT_CODES["listener.port_in_use"]);
  const engine = resources.use(shown);
  const bridge = resources.use(bridgeIpc({ ipcMain, engine: engine.connection, shell: desktop, isTrusted }));
  const runAction: MenuDeps["runAction"] = (id) => focusWindow() && bridge.runAction(id);
  resources.use(followSettings(engine, log, (settings) => dressDesktop(settings, runAction)));
  const news = resources.use(
    tellDesktop(engine, {
      log,
      setBadge: (count) => app.setBadgeCount(count),
      show(deliveryId) {
        if (!focusWindow()) show(deliveryId === undefined ? "" : `#/deliveries/${deliveryId}`);
        else if (deliveryId !== undefined) sendToWindow(SHOW_CHANNEL, deliveryId);
      },
    }),
  );
  const show = (place = "") => {
    const window = openWindow((devUrl ?? APP_URL) + place, join(import.meta.dirname, "../preload/index.cjs"), log);
    window.on("focus", news.looked);
    window.on("show", news.looked);
  };
  app.on("second-instance", () => (engine.isGone() ? startAnew() : focusWindow()));
  app.on("activate", () => focusWindow() || show());
  // On macOS an app lives on without a window, and here goes on receiving.
  app.on("window-all-closed", () => process.platform !== "darwin" && app.quit());
  show();
}

/** Our own engine, or the one that runs on the folder already. */
function openEngine(options: HostOptions): Promise<ShownEngine> {
  return openShownEngine(
    options.dataDir,
    () => startEngine(options),
    (found) => joinRunning(found, options),
  );
}

async function startEngine(options: HostOptions): Promise<ShownEngine> {
  await using stack = new AsyncDisposableStack();
  const engine = stack.use(await createEngine(await electronDeps(options.dataDir, log), options));
  stack.use(await openControl(engine, options.uiPort));
  const shown = await showOwn(engine);
  const owned = stack.move();
  return { ...shown, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function wantsFreePort({ message, details }: AppError): Promise<boolean> {
  process.stderr.write(`apivideo-inspector: ${message}\n`);
  const { response } = await dialog.showMessageBox({
    type: "warning",
    message: `Port ${details["port"]} is taken.`,
    detail:
      "Another program uses it, so no deliveries can be received there. The inspector can listen on a free port this time; --listener-port chooses one for good.",
    buttons: ["Use a free port", "Quit"],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

const desktop = createShell({
  writeClipboard: (text) => clipboard.writeText(text),
  openExternal: (url) => shell.openExternal(url),
  async choosePath(name) {
    const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: name });
    return canceled || filePath === "" ? null : filePath;
  },
  writeFile: (path, bytes) => writeFile(path, bytes),
});

function openLink(url: string): void {
  desktop.openLink(url).catch((error: unknown) => log.error("link.not_opened", error));
}

function isTrusted(url: string): boolean {
  return isAppUrl(url) || (devUrl !== undefined && URL.parse(url)?.origin === new URL(devUrl).origin);
}

/** Chromium's own files in a subfolder of the data folder, which nobody else may look into. */
function keepProfileIn(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (cause) {
    throw new AppError("store.unwritable", `${dataDir} cannot be made. Choose another folder with --data-dir.`, {
      cause,
    });
  }
  const profile = join(dataDir, "chromium");
  app.setPath("userData", profile);
  app.setPath("sessionData", profile);
}

function leaveToFirstInstance(): void {
  process.stderr.write("apivideo-inspector: it already runs on this data folder; its window is in front now.\n");
  app.exit(0);
}

/** Whoever starts the app while its window waits for an inspector that ran elsewhere wants one that runs. */
function startAnew(): void {
  app.relaunch();
  app.quit();
}

/** For the command line. The window does not need it, so another program on the usual port is no reason not to start. */
async function openControl(engine: Engine, port: number): Promise<AsyncDisposable> {
  try {
    return await startControlEndpoint(engine, { port, log });
  } catch (error) {
    const isUsualPortTaken = error instanceof AppError && error.code === "ui.port_in_use" && port === DEFAULT_UI_PORT;
    if (!isUsualPortTaken) throw error;
    return await startControlEndpoint(engine, { port: 0, log });
  }
}

/** What of the desktop hangs on settings: its colours, and the keys that the menu shows. */
function dressDesktop({ theme, keys, singleKeys }: Settings, runAction: MenuDeps["runAction"]): void {
  nativeTheme.themeSource = theme;
  const template = menuTemplate({ platform: process.platform, keys: { keys, singleKeys }, openLink, runAction });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Every way to quit goes through here once: the windows go at once, the engine ends in order and in bounded time. */
function quitInOrder(close: () => Promise<void>): void {
  let isClosing = false;
  app.on("before-quit", (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    void bounded(close()).finally(() => app.exit(0));
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => app.quit());
}

/** Waits for the end of `work`, but not for ever. Its failure is logged: nobody is left to act on it. */
async function bounded(work: PromiseLike<void>): Promise<void> {
  try {
    await waitAtMost(STOP_MS, work);
  } catch (error) {
    log.error("app.did_not_end_well", error);
  }
}

/** Says why the app cannot run, in words and without a stack trace, and ends with the same codes as the command line. */
function fail(error: unknown): void {
  if (!(error instanceof AppError)) log.error("app.broke", error);
  const reason = error instanceof AppError ? error.message : "Something went wrong inside the app. It is logged.";
  process.stderr.write(`apivideo-inspector: ${reason}\n`);
  dialog.showErrorBox("api.video Webhook Inspector cannot run", reason);
  app.exit(EXIT_CODES[error instanceof AppError ? error.code : "internal"]);
}
