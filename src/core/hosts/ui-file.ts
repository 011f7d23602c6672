import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";
import { contentSecurityPolicy, withNonce } from "./content-security-policy.ts";

/** What a build of the UI consists of. Anything else in its folder is not handed out. */
const CONTENT_TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".woff2", "font/woff2"],
]);

/** One file of the built UI, as a host answers with it. */
export interface UiFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | string;
}

/**
 * Reads the file below `dir` that a URL's `pathname` (still percent-encoded) means; null where there is none, it has no
 * known ending, or the path leads out of `dir`. Each reading of a page has a nonce of its own.
 */
export async function readUiFile(dir: string, pathname: string): Promise<UiFile | null> {
  const file = containedPath(dir, pathname);
  const contentType = file === null ? undefined : CONTENT_TYPES.get(extname(file));
  if (file === null || contentType === undefined) return null;
  // Whatever keeps it from being read, for the asker there is no such file.
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  const isPage = extname(file) === ".html";
  const nonce = randomBytes(16).toString("base64");
  return {
    headers: {
      "Content-Type": contentType,
      "Content-Security-Policy": contentSecurityPolicy(nonce),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      // Built files carry a hash of their content in their names; the page that names them does not.
      "Cache-Control": isPage ? "no-store" : "max-age=31536000, immutable",
    },
    body: isPage ? withNonce(bytes.toString("utf8"), nonce) : bytes,
  };
}

function containedPath(dir: string, pathname: string): string | null {
  const path = decoded(pathname === "/" ? "/index.html" : pathname);
  // A backslash separates folders on Windows, and a NUL ends a path early in some system calls.
  if (path === null || path.includes("\\") || path.includes("\0")) return null;
  const file = resolve(dir, `.${path}`);
  return file.startsWith(resolve(dir) + sep) ? file : null;
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // A malformed escape names no file.
    return null;
  }
}
