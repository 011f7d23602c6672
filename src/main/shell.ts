import { AppError } from "#shared/errors.ts";

/** More than any delivery's body; the clipboard of the system is not a place for endless text. */
const MAX_COPY_LENGTH = 32 * 1024 * 1024;

/** What the UI may ask of the desktop. */
export interface Shell {
  /** Throws AppError `input.invalid` for more text than a clipboard should hold. */
  copyText(text: string): void;
  /** Opens an https page of api.video in the user's browser; throws AppError `host.unsupported` for any other. */
  openLink(url: string): Promise<void>;
}

export interface ShellDeps {
  readonly writeClipboard: (text: string) => void;
  readonly openExternal: (url: string) => Promise<void>;
}

export function createShell({ writeClipboard, openExternal }: ShellDeps): Shell {
  return {
    copyText(text) {
      if (text.length > MAX_COPY_LENGTH) throw new AppError("input.invalid", "This is too much text to copy at once.");
      writeClipboard(text);
    },
    async openLink(url) {
      const link = allowedLink(url);
      if (link === null) {
        throw new AppError("host.unsupported", "Only pages of api.video are opened from here. Copy the link instead.");
      }
      await openExternal(link);
    },
  };
}

/**
 * The link in its normal form where it may be handed to the system, else null. The system picks a program by the
 * scheme and runs it, so a link out of hostile text must never get there: https alone, and api.video's own hosts.
 */
export function allowedLink(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== "https:" || url.username !== "" || url.password !== "") return null;
  const isApiVideo = url.hostname === "api.video" || url.hostname.endsWith(".api.video");
  return isApiVideo && url.port === "" ? url.href : null;
}
