import { plainHost, portOf } from "./url-address.ts";

/** Whether the hosts that the user allowed name the one of `target`: as `name`, `name:port` or an IPv6 address. */
export function isAllowedHost(target: URL, allowed: readonly string[]): boolean {
  return allowed.some((entry) => isEntryFor(entry.trim(), plainHost(target.hostname), portOf(target)));
}

function isEntryFor(entry: string, hostname: string, port: number): boolean {
  if (isIpv6(entry)) return isSameHost(entry, hostname);
  const [, name = entry, entryPort] = /^(.*?)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  return isSameHost(name, hostname) && (entryPort === undefined || Number(entryPort) === port);
}

/** Read as a URL reads it, so that case, punycode and the many forms of an address do not matter. */
function isSameHost(name: string, hostname: string): boolean {
  const url = URL.parse(`http://${isIpv6(name) ? `[${name}]` : name}`);
  return url !== null && plainHost(url.hostname) === hostname;
}

/** Without brackets. */
function isIpv6(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);
}
