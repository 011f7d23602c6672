import { readUiFile } from "#core/hosts/ui-file.ts";

export const APP_SCHEME = "app";
const APP_HOST = "inspector";
/** Where the window starts. */
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * Answers `app://inspector/…` with the built UI in `dir`, each file with the content security policy as a header, which
 * `file://` could not carry. Serves GET from the one host only, and never a path outside `dir`.
 */
export function createAppProtocol(dir: string): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    if (!isAppUrl(url)) return new Response(null, { status: 404 });
    if (method !== "GET") return new Response(null, { status: 405 });
    const file = await readUiFile(dir, new URL(url).pathname);
    return file === null ? new Response(null, { status: 404 }) : new Response(file.body, { headers: file.headers });
  };
}

/** True for pages of ours: the one question that decides whose calls are answered and who is sent events. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
}
