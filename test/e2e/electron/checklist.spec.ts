import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test as plain } from "@playwright/test";
import { CALL_CHANNEL, SHELL_CHANNEL, STATUS_CHANNEL } from "#shared/channels.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { host, type LaunchedApp } from "../../electron-harness/launch.ts";
import { projectRoot } from "../../helpers/child.ts";
import { type StartedDesktop, test } from "./fixtures.ts";

/*
 * Electron's security checklist (https://www.electronjs.org/docs/latest/tutorial/security), line by line, against the
 * BUILT main and preload. Fuses and asar integrity [S19] belong to a package, and none is made yet.
 */

type Contents = { emit(name: string, event: object, ...more: unknown[]): void; getURL(): string };
/** What of the harness's main process is asked here. */
interface Scope {
  readonly BrowserWindow: { getAllWindows(): { readonly webContents: Contents }[] };
  readonly app: { emit(name: string, event: object, contents: object): void };
  readonly harness: {
    readonly calls: { readonly name: string; readonly args: unknown[] }[];
    readonly blocked: string[];
  };
  readonly ipcMain: { invoke(channel: string, event: object, args: unknown[]): Promise<unknown> };
  readonly protocol: { handlerOf(url: string): ((request: Request) => Promise<Response>) | undefined };
  readonly session: { readonly defaultSession: { askPermission(name: string): Promise<object> } };
}

async function argsOf(app: LaunchedApp, name: string): Promise<unknown[]> {
  return await app.evaluate(
    ({ harness }: Scope, wanted: string) =>
      harness.calls.filter((call) => call.name === wanted).map(({ args }) => args[0]),
    name,
  );
}

/** Whether the app lets these events of a window take their course. */
function allowed(app: LaunchedApp, names: string[], url: string): Promise<boolean[]> {
  return app.evaluate(
    ({ BrowserWindow }: Scope, asked: { names: string[]; url: string }) =>
      asked.names.map((name) => {
        let isAllowed = true;
        const preventDefault = () => {
          isAllowed = false;
        };
        for (const { webContents } of BrowserWindow.getAllWindows())
          webContents.emit(name, { url: asked.url, preventDefault }, asked.url);
        return isAllowed;
      }),
    { names, url },
  );
}

/** How main answers a call from such a frame; null stands for one that is gone. */
function invoked(app: LaunchedApp, channel: string, frame: { url: string; parent: unknown } | null): Promise<string> {
  return app.evaluate(
    async ({ ipcMain }: Scope, asked: { channel: string; senderFrame: object | null }) => {
      const sender = { id: 99, isDestroyed: () => false, send() {}, once() {} };
      const event = { sender, senderFrame: asked.senderFrame };
      return await ipcMain.invoke(asked.channel, event, ["app.snapshot", {}]).then(() => "answered", String);
    },
    { channel, senderFrame: frame },
  );
}

function served(app: LaunchedApp, url: string): Promise<{ status: number; policy: string | null }> {
  return app.evaluate(async ({ protocol }: Scope, asked: string) => {
    // As Chromium hands it over: `Request` itself would rewrite some of these URLs.
    const response = await protocol.handlerOf(asked)?.({ url: asked, method: "GET" } as Request);
    return { status: response?.status ?? 0, policy: response?.headers.get("content-security-policy") ?? null };
  }, url);
}

const OURS = "app://inspector/index.html";

const LINES: Readonly<Record<string, (desktop: StartedDesktop) => Promise<void>>> = {
  "[S1, S15, S16] no remote content, and nothing beyond this machine is asked": async ({ app }) => {
    const seen = await app.evaluate(({ BrowserWindow, harness }: Scope) => ({
      urls: BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL().split("#")[0]),
      blocked: harness.blocked,
    }));
    expect(seen).toEqual({ urls: [OURS], blocked: [] });
  },
  "[S2, S3, S4, S6, S8 to S11] contextIsolation, sandbox, no Node, nothing loosened": async ({ app }) => {
    const [preferences, ...others] = await argsOf(app, "BrowserWindow");
    expect(others).toEqual([]);
    expect(preferences).toEqual({
      preload: expect.stringMatching(/out\/preload\/index\.cjs$/),
      ...{ contextIsolation: true, sandbox: true, webSecurity: true },
      ...{ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false },
      ...{ allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false },
      ...{ navigateOnDragDrop: false, spellcheck: false },
    });
  },
  "[S4] the sandbox is forced before the app is ready": async ({ app }) => {
    // The harness refuses it later.
    expect(await argsOf(app, "app.enableSandbox")).toHaveLength(1);
  },
  "[S5] each permission is denied, by both handlers": async ({ app }) => {
    const answers = await app.evaluate(({ session }: Scope) =>
      Promise.all(
        ["media", "geolocation", "clipboard-read", "x"].map((name) => session.defaultSession.askPermission(name)),
      ),
    );
    expect(answers).toEqual(Array(4).fill({ requested: false, checked: false, device: false, screen: false }));
  },
  "[S7] the content security policy is a header of every file": async ({ app }) => {
    for (const url of [OURS, "app://inspector/"]) {
      const { status, policy } = await served(app, url);
      expect(status).toBe(200);
      expect(policy?.replace(/'nonce-[^']+'/, "'nonce-…'")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-…'; font-src 'self'; img-src 'self' data:; " +
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
    }
  },
  "[S7] an inline script does not run": async ({ page }) => {
    expect(await violationOf(page)).toBe("script-src-elem");
  },
  "[S11, S12] no webview is attached": async ({ app }) => {
    expect(await allowed(app, ["will-attach-webview"], OURS)).toEqual([false]);
  },
  "[S13] no page leads away, in no frame; our own may load again": async ({ app }) => {
    const names = ["will-navigate", "will-frame-navigate"];
    for (const url of [
      "https://docs.api.video/",
      "file:///etc/passwd",
      "app://inspector.evil/",
      "about:blank",
      "data:,x",
    ])
      expect(await allowed(app, names, url)).toEqual([false, false]);
    expect(await allowed(app, names, OURS)).toEqual([true, true]);
  },
  "[S14, S15] no window is opened; https pages of api.video go to the browser, nothing else does": async ({
    app,
    page,
  }) => {
    const urls = [
      "https://docs.api.video/",
      "http://docs.api.video/",
      "https://api.video.evil.example/",
      "file:///etc/passwd",
    ];
    for (const url of urls) await page.evaluate((to) => void window.open(to), url);
    await expect.poll(async () => (await argsOf(app, "window.open")).length).toBeGreaterThanOrEqual(3);
    const answers = await app.evaluate(({ harness }: Scope) =>
      harness.calls.filter(({ name }) => name === "window.open").map(({ args }) => args[1]),
    );
    expect(new Set(answers)).toEqual(new Set(["deny"]));
    expect(await argsOf(app, "shell.openExternal")).toEqual(["https://docs.api.video/"]);
  },
  "[S13, S14] whatever contents there will ever be is secured as well": async ({ app }) => {
    const seen = await app.evaluate(({ app: electronApp }: Scope) => {
      const asked: string[] = [];
      const contents = { on: (name: string) => asked.push(name), setWindowOpenHandler: () => asked.push("open") };
      electronApp.emit("web-contents-created", {}, contents);
      return asked.sort();
    });
    expect(seen).toEqual(["open", "will-attach-webview", "will-frame-navigate", "will-navigate"]);
  },
  "[S17] the sender of every call is checked: another page, a frame of ours, one that is gone": async ({ app }) => {
    for (const channel of [CALL_CHANNEL, SHELL_CHANNEL, STATUS_CHANNEL]) {
      expect(await invoked(app, channel, { url: "https://example.com/", parent: null })).toContain("refused");
      expect(await invoked(app, channel, { url: "app://inspector.evil/", parent: null })).toContain("refused");
      expect(await invoked(app, channel, { url: OURS, parent: {} })).toContain("refused");
      expect(await invoked(app, channel, null)).toContain("refused");
    }
    expect(await invoked(app, CALL_CHANNEL, { url: OURS, parent: null })).toBe("answered");
  },
  "[S18] a scheme of its own, not file://, with these privileges and no other": async ({ app }) => {
    const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
    expect(await argsOf(app, "protocol.registerSchemesAsPrivileged")).toEqual([[{ scheme: "app", privileges }]]);
  },
  "[S18] the scheme serves its host and folder only": async ({ app }) => {
    const ways = ["inspector/../main/index.js", "inspector/%2e%2e%2fmain%2findex.js", "inspector/..%5cmain%5cindex.js"];
    for (const way of [...ways, "elsewhere/index.html", "inspector/%00", "inspector/../../package.json"])
      expect(await served(app, `app://${way}`)).toEqual({ status: 404, policy: null });
  },
  "[S20] the page has named functions, and no event of Electron's reaches it": async ({ page, call }) => {
    await page.evaluate(() => {
      // The page of the app has this bridge.
      const { inspector } = window as unknown as {
        inspector: { onEvent(listener: (...args: unknown[]) => void): void };
      };
      inspector.onEvent((...args) => Object.assign(window, { seen: args }));
    });
    await call("settings.update", { theme: "dark" });
    const seen = () =>
      page.evaluate(() => (window as unknown as { seen?: object[] }).seen?.map((one) => Object.keys(one)));
    await expect.poll(seen).toEqual([["seq", "name", "payload"]]);
    const reached = await page.evaluate(() =>
      ["require", "process", "ipcRenderer", "electron"].filter((name) => name in window),
    );
    expect(reached).toEqual([]);
  },
};

/** The directive that an inline script of ours violates. */
function violationOf(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "window.wasRun = true";
        document.body.append(script);
      }),
  );
}

test("the built app keeps each line of Electron's security checklist", async ({ desktop }) => {
  test.skip(host === "electron", "Electron does not remember what was asked of it.");
  const started = await desktop.start();
  await expect(started.page.getByRole("main")).toBeVisible();
  for (const [line, check] of Object.entries(LINES)) await test.step(line, () => check(started));
});

plain("the built files use none of what the checklist warns of", () => {
  const folder = join(projectRoot, "out/main");
  const built = [...readdirSync(folder).map((name) => join(folder, name)), join(projectRoot, "out/preload/index.cjs")];
  const text = built.map((file) => readFileSync(file, "utf8")).join("\n");

  expect(built.length).toBeGreaterThan(3);
  // [S6, S8 to S10] switches and preferences that loosen, [S20] the whole of ipcRenderer, and the deprecated, synchronous
  // part of safeStorage. [S19] a process by Electron's own binary would end with the fuse runAsNode off.
  for (const name of [
    ...["enableBlinkFeatures", "disable-web-security", "ignore-certificate-errors", "no-sandbox", "appendSwitch"],
    ...["setCertificateVerifyProc", "allowFileAccess", "bypassCSP", "executeJavaScript", "nativeWindowOpen"],
    ...["encryptString(", "decryptString(", "isEncryptionAvailable(", "setUsePlainTextEncryption"],
    ...["ELECTRON_RUN_AS_NODE", "loadFile(", 'exposeInMainWorld("ipcRenderer"', "@electron/remote"],
  ])
    expect(text.includes(name), name).toBe(false);
  expect(text).not.toMatch(/import \{[^}]*\bfork\b[^}]*\} from "node:child_process"/);
  for (const name of ["requestSingleInstanceLock()", "enableSandbox()", "encryptStringAsync(", "basic_text"])
    expect(text.includes(name), name).toBe(true);
  // [S16] the newest that there was when this was written.
  expect(Number(packageJson.devDependencies.electron.split(".")[0])).toBeGreaterThanOrEqual(45);
});
