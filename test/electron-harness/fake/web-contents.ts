import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { Script } from "node:vm";
import type { BrowserContext, CDPSession, Page } from "@playwright/test";
import { makeCodec } from "../codec.ts";
import { FROM_MAIN, PRELOAD_WORLD, TO_MAIN, worldScripts } from "../worlds.ts";
import { fakeEvent, record } from "./harness.ts";
import type { FakeIpcMain } from "./ipc-main.ts";
import type { FakeProtocol } from "./protocol.ts";

/** What all contents of the app share. */
export interface ContentsHost {
  readonly context: BrowserContext;
  readonly ipcMain: FakeIpcMain;
  readonly protocol: FakeProtocol;
}

export interface ContentsOptions {
  readonly id: number;
  readonly preload: string | undefined;
  readonly size: { readonly width: number; readonly height: number };
}

type OpenHandler = (details: { url: string }) => { action: "deny" | "allow" };

const wire = makeCodec();

/** Electron's WebContents over a real page of a real Chromium, with the built preload in an isolated world of it. */
export class FakeWebContents extends EventEmitter {
  readonly id: number;
  readonly #host: ContentsHost;
  readonly #started: Promise<Page>;
  #page: Page | null = null;
  #cdp: CDPSession | null = null;
  #world: number | null = null;
  #openHandler: OpenHandler | null = null;
  /** What the app itself is loading: the page's own navigations are asked about, these are not. */
  #loading: string | null = null;
  #isDestroyed = false;

  constructor(host: ContentsHost, options: ContentsOptions) {
    super();
    this.id = options.id;
    this.#host = host;
    this.#started = this.#start(options);
    this.#started.catch((error: unknown) => {
      console.error("fake electron:", error);
      process.exit(1);
    });
  }

  async #start({ preload, size }: ContentsOptions): Promise<Page> {
    const page = await this.#host.context.newPage();
    this.#page = page;
    contentsOfPage.set(page, this);
    await page.setViewportSize(size);
    const cdp = await this.#host.context.newCDPSession(page);
    this.#cdp = cdp;
    await cdp.send("Page.enable");
    const mainFrame = (await cdp.send("Page.getFrameTree")).frameTree.frame.id;
    cdp.on("Runtime.executionContextCreated", ({ context }) => {
      if (context.name === PRELOAD_WORLD && context.auxData?.["frameId"] === mainFrame) this.#world = context.id;
    });
    cdp.on("Runtime.executionContextsCleared", () => {
      this.#world = null;
    });
    cdp.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
      if (name === TO_MAIN && executionContextId === this.#world) void this.#receive(JSON.parse(payload));
    });
    cdp.on("Page.windowOpen", ({ url }) => this.#opened(this.#host.protocol.fromChromium(url)));
    await cdp.send("Runtime.enable");
    if (preload !== undefined) await this.#install(preload, cdp);
    page.on("popup", (popup) => void popup.close());
    page.on("load", () => this.emit("did-finish-load", fakeEvent({})));
    page.on("crash", () => this.emit("render-process-gone", fakeEvent({}), { reason: "crashed", exitCode: 1 }));
    page.on("close", () => this.destroyed());
    return page;
  }

  async #install(preload: string, cdp: CDPSession): Promise<void> {
    const scripts = worldScripts(readFileSync(preload, "utf8"), randomUUID());
    // Electron's sandbox cannot load an ES module as preload; neither can this, and it says so at once.
    new Script(scripts.preload, { filename: preload });
    await cdp.send("Runtime.addBinding", { name: TO_MAIN, executionContextName: PRELOAD_WORLD });
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: scripts.page });
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: scripts.preload, worldName: PRELOAD_WORLD });
  }

  /** The page closes popups in any case; this asks what the app would have answered. */
  #opened(url: string): void {
    const answer = this.#openHandler?.({ url }) ?? { action: "allow" };
    record("window.open", url, answer.action);
  }

  async #receive(message: { type: string; channel: string; id: number; args: unknown }): Promise<void> {
    // `encode` in the preload's world made it from a list.
    const args = wire.decode(message.args) as unknown[];
    if (message.type === "preload-error") {
      console.error("Unable to load preload script:", args[0]);
      process.exit(1);
    }
    const world = this.#world;
    try {
      const value = await this.#host.ipcMain.invoke(message.channel, this.#invokeEvent(), args);
      this.#post({ type: "reply", id: message.id, value: wire.encode(value) }, world);
    } catch (error) {
      const text = `Error invoking remote method '${message.channel}': ${error}`;
      this.#post({ type: "reply", id: message.id, error: text }, world);
    }
  }

  #invokeEvent(): object {
    return fakeEvent({ sender: this, senderFrame: { url: this.getURL(), parent: null } });
  }

  #post(message: object, world: number | null = this.#world): void {
    if (world === null || this.#isDestroyed) return;
    const expression = `${FROM_MAIN}(${JSON.stringify(message)})`;
    // A page that is gone by now has nobody to tell.
    this.#cdp?.send("Runtime.evaluate", { contextId: world, expression }).catch(() => undefined);
  }

  send(channel: string, ...args: unknown[]): void {
    this.#post({ type: "event", channel, args: wire.encode(args) });
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#started;
    await this.#load(url, () => page.goto(this.#host.protocol.toChromium(url), { waitUntil: "load" }));
  }

  reload(): void {
    void this.#started.then((page) => this.#load(this.getURL(), () => page.reload()));
  }

  async #load(url: string, load: () => Promise<unknown>): Promise<void> {
    this.#loading = url;
    try {
      await load();
    } finally {
      this.#loading = null;
    }
  }

  /** Asks the app about a navigation that the page began; true when the app prevents it. */
  isNavigationPrevented(url: string, isMainFrame: boolean): boolean {
    if (url === this.#loading) return false;
    const event = fakeEvent({ url, isMainFrame, isSameDocument: false });
    if (isMainFrame) this.emit("will-navigate", event, url);
    this.emit("will-frame-navigate", event);
    if (event.defaultPrevented) record("navigation.prevented", url);
    return event.defaultPrevented;
  }

  getURL(): string {
    return this.#page === null ? "" : this.#host.protocol.fromChromium(this.#page.url());
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** Ends the page; called by its window, or by Chromium when the page closed itself. */
  destroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit("destroyed");
    void this.#page?.close().catch(() => undefined);
  }
}

const contentsOfPage = new WeakMap<Page, FakeWebContents>();

export function contentsFor(page: Page): FakeWebContents | undefined {
  return contentsOfPage.get(page);
}
