import { EventEmitter } from "node:events";
import type { App, Session, WebContents } from "electron";
import { describe, expect, it } from "vitest";
import { secureApp, secureContents, securePreferences, secureSession } from "../../src/main/security.ts";

const isTrusted = (url: string) => url.startsWith("app://inspector/");

class FakeContents extends EventEmitter {
  open: (details: { url: string }) => { action: string } = () => ({ action: "allow" });

  setWindowOpenHandler(handler: typeof this.open): void {
    this.open = handler;
  }

  /** Whether the app lets this event take its course. */
  allows(name: string, url: string): boolean {
    let isAllowed = true;
    this.emit(name, { url, preventDefault: () => (isAllowed = false) });
    return isAllowed;
  }
}

/** Structural fakes: Electron's own types have far more than is used here. */
const asContents = (contents: FakeContents) => contents as unknown as WebContents;

function securedContents() {
  const contents = new FakeContents();
  const opened: string[] = [];
  secureContents(asContents(contents), { isTrusted, openLink: (url) => void opened.push(url) });
  return { contents, opened };
}

describe("pages", () => {
  it("are sandboxed, isolated and without Node", () => {
    expect(securePreferences("/preload.cjs")).toMatchObject({
      preload: "/preload.cjs",
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
  });

  it.each(["will-navigate", "will-frame-navigate"])("do not lead away (%s), but may load themselves again", (name) => {
    const { contents } = securedContents();

    expect(contents.allows(name, "https://example.com/")).toBe(false);
    expect(contents.allows(name, "file:///etc/passwd")).toBe(false);
    expect(contents.allows(name, "app://inspector/index.html")).toBe(true);
  });

  it("embed no guests", () => {
    expect(securedContents().contents.allows("will-attach-webview", "app://inspector/index.html")).toBe(false);
  });

  it("open no windows, and hand only links of api.video to the browser", () => {
    const { contents, opened } = securedContents();

    const urls = [
      "https://docs.api.video/",
      "https://example.com/",
      "file:///etc/passwd",
      "app://inspector/index.html",
    ];
    const actions = urls.map((url) => contents.open({ url }).action);

    expect(actions).toEqual(["deny", "deny", "deny", "deny"]);
    expect(opened).toEqual(["https://docs.api.video/"]);
  });
});

describe("the app", () => {
  it("forces the sandbox, registers its scheme as a secure origin, and secures every contents there will be", () => {
    const forced: string[] = [];
    const app = Object.assign(new EventEmitter(), { enableSandbox: () => void forced.push("sandbox") });
    const schemes: unknown[] = [];
    const protocol = { registerSchemesAsPrivileged: (list: unknown[]) => void schemes.push(...list) };
    secureApp(app as unknown as App, protocol, { scheme: "app", isTrusted, openLink: () => undefined });
    const contents = new FakeContents();

    app.emit("web-contents-created", {}, contents);

    expect(forced).toEqual(["sandbox"]);
    expect(schemes).toEqual([
      { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    expect(contents.allows("will-navigate", "https://example.com/")).toBe(false);
  });
});

describe("the session", () => {
  it("grants no permission, no device, no screen and no download", () => {
    const granted: unknown[] = [];
    const handlers = new Map<string, (...args: unknown[]) => unknown>();
    const session = new Proxy(new EventEmitter(), {
      get: (target, name) =>
        String(name).startsWith("set")
          ? (handler: () => unknown) => handlers.set(String(name), handler)
          : Reflect.get(target, name).bind(target),
    });
    secureSession(session as unknown as Session);
    const answer = (value: unknown) => granted.push(value);

    handlers.get("setPermissionRequestHandler")?.(null, "geolocation", answer);
    granted.push(handlers.get("setPermissionCheckHandler")?.(null, "clipboard-read"));
    granted.push(handlers.get("setDevicePermissionHandler")?.({}));
    handlers.get("setDisplayMediaRequestHandler")?.({}, answer);
    let isPrevented = false;
    session.emit("will-download", { preventDefault: () => (isPrevented = true) });

    expect(granted).toEqual([false, false, false, null]);
    expect(isPrevented).toBe(true);
  });
});
