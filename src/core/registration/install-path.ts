/** The last segment of every URL we register, so that ours are recognised among all webhooks of an account. */
function segment(installId: string): string {
  return `/wi-${installId}`;
}

/** What is registered at api.video for a public URL (with or without a slash at its end). */
export function registeredUrl(publicUrl: string, installId: string): string {
  return publicUrl.replace(/\/+$/, "") + segment(installId);
}

/** True for a URL that this installation has registered, whatever the public URL was then. */
export function isRegisteredUrl(url: string, installId: string): boolean {
  return URL.parse(url)?.pathname.endsWith(segment(installId)) === true;
}

/**
 * True for a URL that some installation of this app has registered. Install ids are 12 lower-case letters and digits;
 * the form is kept a little wider, and closed enough that `/wi-fi` of somebody else is none of ours.
 */
export function isAppUrl(url: string): boolean {
  return /\/wi-[a-z0-9]{8,32}$/.test(URL.parse(url)?.pathname ?? "");
}

/**
 * The path of a delivery, with its query, as the developer's own server knows it: without our segment, which stands
 * first, or last where the public URL has a path of its own that its proxy passes on. Other paths stay as they are.
 */
export function stripInstallPrefix(path: string, installId: string): string {
  const queryStart = path.search(/[?#]/);
  const pathname = queryStart < 0 ? path : path.slice(0, queryStart);
  const ours = segment(installId);
  if (pathname.startsWith(`${ours}/`)) return path.slice(ours.length);
  if (!pathname.endsWith(ours)) return path;
  return (pathname.slice(0, -ours.length) || "/") + path.slice(pathname.length);
}
