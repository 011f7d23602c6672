/** Where a delivery goes: the text for the user, and the exact request target for the wire. */
export interface TargetUrl {
  /** `http://localhost:3000/hook?x=1`: scheme, host and port of the target, and the request target as it is sent. */
  readonly href: string;
  readonly requestTarget: string;
}

/**
 * Joins a target and a delivery's path. The target's own path goes first if it has one, else the delivery's path is
 * kept byte for byte, dots, doubled slashes and escapes included: nothing here resolves it. The delivery's query is
 * appended to the target's own. Host and port come from the target alone, whatever the path says.
 */
export function targetUrl(target: URL, deliveryPath: string): TargetUrl {
  const { path, query } = splitPath(deliveryPath);
  const ownPath = target.pathname === "/" ? path : target.pathname;
  const requestTarget = escapeIllegal(ownPath + joinQueries(target.search, query));
  return { href: target.origin + requestTarget, requestTarget };
}

/** Of a request target as it came: origin form, absolute form as to a proxy, or something that has no path. */
function splitPath(requestTarget: string): { path: string; query: string | null } {
  const local = requestTarget.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const questionMark = local.indexOf("?");
  const path = questionMark === -1 ? local : local.slice(0, questionMark);
  return {
    path: path.startsWith("/") ? path : "/",
    query: questionMark === -1 ? null : local.slice(questionMark + 1),
  };
}

/** An empty query keeps its question mark: it was sent with one. */
function joinQueries(targetSearch: string, query: string | null): string {
  if (targetSearch === "") return query === null ? "" : `?${query}`;
  return query ? `${targetSearch}&${query}` : targetSearch;
}

/** What cannot stand in a request line: control characters, spaces, a fragment, and what is no single byte. */
function escapeIllegal(requestTarget: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the wire.
  return requestTarget.replace(/[\u0000-\u0020#\u007f]|[^\u0000-\u00ff]+/g, (illegal) =>
    [...Buffer.from(illegal.toWellFormed())]
      .map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`)
      .join(""),
  );
}
