const STORAGE_KEY = "inspector-token";

/** The parts of a browser window that carry the token. */
export interface TokenPlace {
  readonly location: Pick<Location, "hash" | "pathname" | "search">;
  readonly history: Pick<History, "replaceState">;
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
}

/**
 * Takes the token from `#token=…`, out of the address before anything else can read or bookmark it, and keeps it for
 * reloads of this tab. Not a cookie: cookies ignore ports, so every local server would get it. Null where there is none.
 */
export function takeToken({ location, history, sessionStorage }: TokenPlace): string | null {
  const fresh = tokenIn(location.hash);
  if (fresh === null || fresh === "") return sessionStorage.getItem(STORAGE_KEY);
  history.replaceState(null, "", location.pathname + location.search);
  sessionStorage.setItem(STORAGE_KEY, fresh);
  return fresh;
}

/** Whether an address brings a token. */
export function hasToken(hash: string): boolean {
  return (tokenIn(hash) ?? "") !== "";
}

function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token");
}
