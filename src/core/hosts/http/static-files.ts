import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { contentSecurityPolicy, withNonce } from "../content-security-policy.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Hands out the built UI. Only files below `dir` with a known ending exist; everything else is 404. */
export function createStaticFiles(dir: string): (pathname: string, response: ServerResponse) => Promise<void> {
  return async (pathname, response) => {
    const file = fileFor(dir, pathname);
    const type = file && TYPES[extname(file)];
    const bytes = file && type ? await readFile(file).catch(() => null) : null;
    if (!file || !type || bytes === null) {
      response.writeHead(404).end();
      return;
    }
    const nonce = randomBytes(16).toString("base64");
    const isPage = extname(file) === ".html";
    response.writeHead(200, {
      "Content-Type": type,
      "Content-Security-Policy": contentSecurityPolicy(nonce),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      // Built files carry a hash of their content in their names; the page that names them does not.
      "Cache-Control": isPage ? "no-store" : "max-age=31536000, immutable",
    });
    response.end(isPage ? withNonce(bytes.toString("utf8"), nonce) : bytes);
  };
}

function fileFor(dir: string, pathname: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    // A malformed escape names no file.
    return null;
  }
  if (path.includes("\0") || path.includes("\\")) return null;
  const file = normalize(join(dir, path === "/" ? "index.html" : path));
  return file.startsWith(normalize(dir) + sep) ? file : null;
}
