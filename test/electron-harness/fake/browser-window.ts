import { EventEmitter } from "node:events";
import type { FakeApp } from "./app.ts";
import { fakeEvent, record, strict } from "./harness.ts";
import { type ContentsHost, FakeWebContents } from "./web-contents.ts";

/** What our windows are made with; anything that loosens a page's sandbox is refused below. */
interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly webPreferences?: Readonly<Record<string, unknown>> & { readonly preload?: string };
}

/** The value of each preference that would make a page dangerous. The harness is not a way to run such a window. */
const INSECURE: Readonly<Record<string, boolean>> = {
  contextIsolation: false,
  sandbox: false,
  webSecurity: false,
  nodeIntegration: true,
  nodeIntegrationInWorker: true,
  nodeIntegrationInSubFrames: true,
  webviewTag: true,
  allowRunningInsecureContent: true,
  experimentalFeatures: true,
};

/** Electron's BrowserWindow class for this app; `host` is there once the app is ready. */
export function createBrowserWindowClass(app: FakeApp, host: () => ContentsHost) {
  let lastId = 0;
  const windows = new Map<number, FakeBrowserWindow>();

  class FakeBrowserWindow extends EventEmitter {
    static getAllWindows(): FakeBrowserWindow[] {
      return [...windows.values()];
    }

    readonly id: number;
    readonly webContents: FakeWebContents;
    #isVisible: boolean;
    #isDestroyed = false;

    constructor(options: WindowOptions = {}) {
      super();
      if (!app.isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
      const preferences = options.webPreferences ?? {};
      for (const [name, insecure] of Object.entries(INSECURE)) {
        if (preferences[name] === insecure)
          throw new Error(`fake electron: refused webPreferences.${name}=${insecure}`);
      }
      record("BrowserWindow", preferences);
      lastId += 1;
      this.id = lastId;
      this.#isVisible = options.show !== false;
      const size = { width: options.width ?? 800, height: options.height ?? 600 };
      const contents = new FakeWebContents(host(), { id: this.id, preload: preferences.preload, size });
      this.webContents = strict("webContents", contents);
      windows.set(this.id, this);
      contents.once("did-finish-load", () => this.emit("ready-to-show"));
      contents.once("destroyed", () => this.#closed());
      app.emit("web-contents-created", fakeEvent({}), this.webContents);
    }

    loadURL(url: string): Promise<void> {
      return this.webContents.loadURL(url);
    }

    /** False when the app keeps the window open. */
    close(): boolean {
      const event = fakeEvent({});
      this.emit("close", event);
      if (!event.defaultPrevented) this.destroy();
      return !event.defaultPrevented;
    }

    destroy(): void {
      this.webContents.destroyed();
    }

    #closed(): void {
      if (this.#isDestroyed) return;
      this.#isDestroyed = true;
      windows.delete(this.id);
      this.emit("closed");
      if (windows.size === 0 && !app.isQuitting && !app.emit("window-all-closed")) app.quit();
    }

    isDestroyed(): boolean {
      return this.#isDestroyed;
    }

    show(): void {
      this.#isVisible = true;
      this.emit("show");
    }

    hide(): void {
      this.#isVisible = false;
      this.emit("hide");
    }

    isVisible(): boolean {
      return this.#isVisible;
    }

    focus(): void {
      record("window.focus");
      this.emit("focus");
    }

    /** There is one window and no other program: shown means focused. */
    isFocused(): boolean {
      return this.#isVisible;
    }

    isMinimized(): boolean {
      return false;
    }
  }

  return FakeBrowserWindow;
}
