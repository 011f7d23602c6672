import { AppError } from "#shared/errors.ts";
import type { News } from "#shared/path-news.ts";
import type { Bridge } from "./bridge.ts";

/** What the host can do for the page besides the engine. Ask `capabilities`, never which host it is. */
export interface Shell {
  readonly capabilities: {
    /** False where the browser refuses the clipboard (a page that is not secure). */
    readonly copyText: boolean;
    readonly openLink: boolean;
    /** False where the host tells the desktop by itself, or cannot. */
    readonly notify: boolean;
  };
  /** Throws AppError `host.unsupported`. */
  copyText(text: string): Promise<void>;
  /** Opens an https link outside the app. */
  openLink(url: string): Promise<void>;
  /** Whether the user lets us notify; null as long as nobody has asked them. */
  mayNotify(): boolean | null;
  askToNotify(): Promise<void>;
  /** Tells the desktop; nothing happens where we may not. */
  notify(news: News): void;
}

export function createElectronShell(bridge: Bridge): Shell {
  return {
    // The main process notifies: a window that is hidden may be asleep.
    capabilities: { copyText: true, openLink: true, notify: false },
    copyText: (text) => orUnsupported(bridge.shell.copyText(text)),
    openLink: (url) => orUnsupported(bridge.shell.openLink(url)),
    mayNotify: () => null,
    askToNotify: async () => {},
    notify() {},
  };
}

/** The bridge carries plain errors, whose message is meant for the user. */
async function orUnsupported(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    throw new AppError("host.unsupported", cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

export function createBrowserShell(window: Window): Shell {
  const clipboard: Clipboard | undefined = window.navigator.clipboard;
  const permission = () => ("Notification" in window ? Notification.permission : "denied");
  return {
    capabilities: { copyText: clipboard !== undefined, openLink: true, notify: "Notification" in window },
    mayNotify: () => (permission() === "default" ? null : permission() === "granted"),
    async askToNotify() {
      await Notification.requestPermission();
    },
    notify({ title, body }) {
      if (permission() !== "granted") return;
      const notification = new Notification(title, { body });
      notification.onclick = () => window.focus();
    },
    async copyText(text) {
      try {
        await clipboard.writeText(text);
      } catch (cause) {
        throw new AppError("host.unsupported", "The browser refused the clipboard. Select the text and copy it.", {
          cause,
        });
      }
    },
    openLink(url) {
      window.open(url, "_blank", "noopener,noreferrer");
      return Promise.resolve();
    },
  };
}
