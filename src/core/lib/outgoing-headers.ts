import { CONNECTION_HEADERS, type HeaderPairs, namedByConnection, REPLAY_HEADER } from "#shared/domain/headers.ts";

/** The mark of an earlier replay would name the wrong delivery. */
const NEVER_RESENT: ReadonlySet<string> = new Set([...CONNECTION_HEADERS, REPLAY_HEADER.toLowerCase()]);

/** Methods whose requests have no body unless they say so. */
const BODILESS_METHODS = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/**
 * The headers of a stored delivery for another sending, in their order and case, doubled ones doubled. Host becomes the
 * target's, Content-Length the length of the stored body; both stay where they stood.
 */
export function outgoingHeaders(
  stored: { readonly method: string; readonly headers: HeaderPairs; readonly body: Uint8Array },
  host: string,
  extra: HeaderPairs,
): HeaderPairs {
  // A Connection header cannot name the vital ones away.
  const named = namedByConnection(stored.headers);
  const headers: HeaderPairs = [];
  let hasHost = false;
  let hasLength = false;
  for (const [name, value] of stored.headers) {
    const key = name.toLowerCase();
    if (key === "host") {
      if (!hasHost) headers.push([name, host]);
      hasHost = true;
    } else if (key === "content-length") {
      if (!hasLength) headers.push([name, String(stored.body.length)]);
      hasLength = true;
    } else if (!NEVER_RESENT.has(key) && !named.includes(key) && !key.startsWith("proxy-")) {
      headers.push([name, value]);
    }
  }
  if (!hasHost) headers.unshift(["Host", host]);
  const needsLength = stored.body.length > 0 || !BODILESS_METHODS.has(stored.method);
  if (!hasLength && needsLength) headers.push(["Content-Length", String(stored.body.length)]);
  return [...headers, ...extra];
}
