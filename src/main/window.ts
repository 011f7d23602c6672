import { BrowserWindow, nativeTheme, screen } from "electron";
import type { EngineDeps } from "#core/deps.ts";
import { securePreferences } from "./security.ts";

const WIDTH = 1360;
const HEIGHT = 860;
/** The UI works down to 320 CSS pixels (WCAG 2.2, 1.4.10). */
const MIN_WIDTH = 320;
const MIN_HEIGHT = 400;

/** The page's own lowest surface (theme.css), so that no white flashes before it is drawn. */
const BACKGROUND = { dark: "#0e1116", light: "#f6f7f9" };

/** A page that crashes again sooner than this is left alone, or it would crash for ever. */
const MIN_MS_BETWEEN_CRASHES = 10_000;

/** Opens the window and loads `url` in it; shown once it has something to show. */
export function openWindow(url: string, preload: string, log: EngineDeps["log"]): BrowserWindow {
  const { workAreaSize } = screen.getPrimaryDisplay();
  const window = new BrowserWindow({
    title: "api.video Webhook Inspector",
    width: Math.min(WIDTH, workAreaSize.width),
    height: Math.min(HEIGHT, workAreaSize.height),
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: securePreferences(preload),
  });
  window.once("ready-to-show", () => window.show());
  window.loadURL(url).catch((error: unknown) => {
    if (!window.isDestroyed()) log.error("window.not_loaded", error);
  });
  reloadAfterCrash(window, log);
  return window;
}

/** Brings the window there is to the front; false where there is none. */
export function focusWindow(): boolean {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return false;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  return true;
}

/** Tells the page of the window there is. */
export function sendToWindow(channel: string, payload: string): void {
  const [window] = BrowserWindow.getAllWindows();
  window?.webContents.send(channel, payload);
}

/** The engine lives on when a page crashes, and the page gets all it needs from the engine. */
function reloadAfterCrash(window: BrowserWindow, log: EngineDeps["log"]): void {
  let lastCrash = Number.NEGATIVE_INFINITY;
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    log.warn("window.crashed", { reason });
    const now = performance.now();
    if (reason !== "clean-exit" && now - lastCrash > MIN_MS_BETWEEN_CRASHES) window.webContents.reload();
    lastCrash = now;
  });
}
