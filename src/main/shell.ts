import { AppError } from "#shared/errors.ts";

/** More than any delivery's body; the clipboard of the system is not a place for endless text. */
const MAX_COPY_LENGTH = 32 * 1024 * 1024;

/** A body is at most 10 MiB; this leaves room for what is made of many. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_NAME_LENGTH = 100;
/** What no system runs when it is opened; everything else is bytes. */
const PLAIN_ENDINGS = /\.(json|jsonl|txt|xml|har|bin)$/i;

/** What the UI may ask of the desktop. */
export interface Shell {
  /** Throws AppError `input.invalid` for more text than a clipboard should hold. */
  copyText(text: string): void;
  /** Opens an https page of api.video in the user's browser; throws AppError `host.unsupported` for any other. */
  openLink(url: string): Promise<void>;
  /** Writes where the user says; false where they say nothing. Throws AppError `input.invalid` or `host.unsupported`. */
  saveFile(name: string, bytes: Uint8Array): Promise<boolean>;
}

export interface ShellDeps {
  readonly writeClipboard: (text: string) => void;
  readonly openExternal: (url: string) => Promise<void>;
  /** Asks the user for a place; null where they name none. The page never names one. */
  readonly choosePath: (name: string) => Promise<string | null>;
  readonly writeFile: (path: string, bytes: Uint8Array) => Promise<void>;
}

export function createShell({ writeClipboard, openExternal, choosePath, writeFile }: ShellDeps): Shell {
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
    async saveFile(name, bytes) {
      if (bytes.byteLength > MAX_FILE_BYTES) throw new AppError("input.invalid", "This is too much to save at once.");
      const path = await choosePath(plainFileName(name));
      if (path === null) return false;
      try {
        await writeFile(path, bytes);
      } catch (cause) {
        throw new AppError("host.unsupported", "The file could not be written there. Choose another place.", { cause });
      }
      return true;
    },
  };
}

/** A name to begin with, out of a text that may come from a sender: no folder, no hidden file, nothing to run. */
export function plainFileName(text: string): string {
  // Cut first: what the cut brings to the front must not make a hidden file.
  const plain = text
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .slice(-MAX_NAME_LENGTH)
    .replace(/^[.-]+/, "");
  if (plain === "") return "payload.bin";
  return PLAIN_ENDINGS.test(plain) ? plain : `${plain}.bin`;
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
