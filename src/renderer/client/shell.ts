import { AppError } from "#shared/errors.ts";
import type { NewsItem } from "#shared/news/news.ts";
import type { Bridge } from "./bridge.ts";
import { drawFavicon } from "./favicon.ts";

/**
 * Whether the desktop can be told of something. by-host: it is, without the page's doing. ask: once the user has been
 * asked. denied: they said no, which only they can take back. unsupported: this browser cannot.
 */
export type NotifyPermission = "granted" | "by-host" | "ask" | "denied" | "unsupported";

/** What the host can do for the page besides the engine. Ask `capabilities`, never which host it is. */
export interface Shell {
  readonly capabilities: {
    /** False where the browser refuses the clipboard (a page that is not secure). */
    readonly copyText: boolean;
    readonly openLink: boolean;
    readonly saveFile: boolean;
  };
  /** Throws AppError `host.unsupported`. */
  copyText(text: string): Promise<void>;
  /** Opens an https link outside the app. */
  openLink(url: string): Promise<void>;
  /** Saves bytes as a file where the user wants them; false where they changed their mind. */
  saveFile(name: string, bytes: Uint8Array): Promise<boolean>;
  mayNotify(): NotifyPermission;
  askToNotify(): Promise<void>;
  /** Tells the desktop; nothing happens where we may not. `onClick` where the user asks for more. */
  notify(item: NewsItem, onClick: () => void): void;
  /** Writes how many signatures failed unseen on what stands for the page elsewhere; 0 takes it away. */
  setBadge(count: number): void;
  /** Calls back with a delivery that the user asked for outside of the page; returns how to stop. */
  onShow(listener: (id: string) => void): () => void;
  /** Calls back with the id of an action that was chosen in the host's own menu, where it has one. */
  onAction(listener: (id: string) => void): void;
}

export function createElectronShell(bridge: Bridge): Shell {
  return {
    // The main process notifies and writes on the icon: a window that is hidden may be asleep.
    capabilities: { copyText: true, openLink: true, saveFile: true },
    copyText: async (text) => void (await orUnsupported(bridge.shell.copyText(text))),
    openLink: async (url) => void (await orUnsupported(bridge.shell.openLink(url))),
    saveFile: (name, bytes) => orUnsupported(bridge.shell.saveFile(name, bytes)),
    mayNotify: () => "by-host",
    askToNotify: async () => {},
    notify() {},
    setBadge() {},
    onShow: (listener) => bridge.shell.onShow(listener),
    onAction: (listener) => void bridge.onAction(listener),
  };
}

/** The bridge carries plain errors, whose message is meant for the user. */
async function orUnsupported<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new AppError("host.unsupported", cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

export function createBrowserShell(window: Window): Shell {
  const clipboard: Clipboard | undefined = window.navigator.clipboard;
  const mayNotify = (): NotifyPermission => {
    if (!("Notification" in window)) return "unsupported";
    return Notification.permission === "default" ? "ask" : Notification.permission;
  };
  return {
    capabilities: { copyText: clipboard !== undefined, openLink: true, saveFile: true },
    mayNotify,
    async askToNotify() {
      await Notification.requestPermission();
    },
    notify({ title, body, deliveryId }, onClick) {
      if (mayNotify() !== "granted") return;
      // Of each kind one at a time: a newer one takes the place of the last.
      const tag = deliveryId === undefined ? "path" : "deliveries";
      const notification = new Notification(title, { body, tag });
      notification.onclick = () => {
        window.focus();
        onClick();
      };
    },
    setBadge: (count) => drawFavicon(window.document, count > 0),
    // A notification of the browser calls back by itself.
    onShow: () => () => undefined,
    onAction() {},
    async copyText(text) {
      try {
        await clipboard.writeText(text);
      } catch (cause) {
        throw new AppError("host.unsupported", "The browser refused the clipboard. Select the text and copy it.", {
          cause,
        });
      }
    },
    async saveFile(name, bytes) {
      const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: "application/octet-stream" }));
      const link = window.document.createElement("a");
      link.href = url;
      link.download = name;
      link.click();
      // The download has its own hold on the bytes from the click on.
      URL.revokeObjectURL(url);
      return true;
    },
    openLink(url) {
      window.open(url, "_blank", "noopener,noreferrer");
      return Promise.resolve();
    },
  };
}
