import { AppError } from "#shared/errors.ts";
import type { Bridge } from "./bridge.ts";

/** What the host can do for the page besides the engine. Ask `capabilities`, never which host it is. */
export interface Shell {
  readonly capabilities: {
    /** False where the browser refuses the clipboard (a page that is not secure). */
    readonly copyText: boolean;
    readonly openLink: boolean;
  };
  /** Throws AppError `host.unsupported`. */
  copyText(text: string): Promise<void>;
  /** Opens an https link outside the app. */
  openLink(url: string): Promise<void>;
}

export function createElectronShell(bridge: Bridge): Shell {
  return {
    capabilities: { copyText: true, openLink: true },
    copyText: (text) => orUnsupported(bridge.shell.copyText(text)),
    openLink: (url) => orUnsupported(bridge.shell.openLink(url)),
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
  return {
    capabilities: { copyText: clipboard !== undefined, openLink: true },
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
