import type { App, BrowserWindowConstructorOptions, Protocol, Session, WebContents } from "electron";
import { allowedLink } from "./shell.ts";

/*
 * Every setting that keeps pages in their place, in one file. [S n] is item n of Electron's security checklist
 * (https://www.electronjs.org/docs/latest/tutorial/security), [api] the reference of the member that is used.
 * Beside this file: [S7] the content security policy and [S18] the custom scheme are sent by app-protocol.ts, [S17] the
 * sender of a call is checked in ipc.ts, [S15] links are held against shell.ts, [S20] preload exposes eight functions.
 */

/**
 * [S2] no Node in pages, [S3] preload in a world of its own, [S4] the operating system's sandbox, [S6] same-origin
 * policy, [S8] no insecure content, [S11] no <webview>. Electron's defaults today, said so that no update changes them.
 */
export function securePreferences(preload: string): NonNullable<BrowserWindowConstructorOptions["webPreferences"]> {
  return {
    preload,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // The spell checker of Linux and Windows fetches its dictionaries from the internet [api Session].
    spellcheck: false,
  };
}

export interface AppSecurity {
  /** The scheme of our pages' URLs. */
  readonly scheme: string;
  /** Whether a page at this URL is ours. */
  readonly isTrusted: (url: string) => boolean;
  /** Gets links that passed the allow-list, to open outside. */
  readonly openLink: (url: string) => void;
}

/** What has to be said before the app is ready. */
export function secureApp(
  app: Pick<App, "enableSandbox" | "on">,
  protocol: Pick<Protocol, "registerSchemesAsPrivileged">,
  security: AppSecurity,
): void {
  // [S4] also for a window that would ask for less.
  app.enableSandbox();
  // [S18] a secure origin of its own instead of file://, which may read every file of the user.
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: security.scheme, privileges }]);
  // Every contents that ever comes to be, not only those of our window.
  app.on("web-contents-created", (_event, contents) => secureContents(contents, security));
}

/** [S13] no page leads away, though it may load itself again; [S14] none opens another, [S12] none embeds a guest. */
export function secureContents(contents: WebContents, { isTrusted, openLink }: Omit<AppSecurity, "scheme">): void {
  contents.setWindowOpenHandler(({ url }) => {
    const link = allowedLink(url);
    if (link !== null) openLink(link);
    return { action: "deny" };
  });
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isTrusted(event.url)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
}

/** [S5] no permission, no device, no screen, no download: the app needs none, and unset means granted. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on("will-download", (event) => event.preventDefault());
}
