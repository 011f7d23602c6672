import type { HeaderPairs } from "#shared/domain/headers.ts";

/** What lets somebody in somewhere. An agent has no use for it, and those who run it may be elsewhere. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
]);

/** The same headers in the same order, of which these values are left out. */
export function withoutCredentials(headers: HeaderPairs): HeaderPairs {
  return headers.map(([name, value]) => [name, CREDENTIALS.has(name.toLowerCase()) ? "[not shown]" : value]);
}
