import { isIP } from "node:net";
import { isLoopbackHost } from "#shared/domain/tunnel.ts";

export interface RedactorOptions {
  /** Every secret there is: a last net, since nothing of them is meant to be in the text. */
  readonly secrets: readonly string[];
  readonly homes: readonly string[];
  readonly userNames: readonly string[];
  /** Hosts that may stand in a text without a scheme before them. */
  readonly hosts: readonly string[];
  readonly showHosts: boolean;
}

/** Public knowledge, and what one needs to know to help. */
const KNOWN_HOSTS: ReadonlySet<string> = new Set(["ws.api.video", "sandbox.api.video"]);
/** Shorter ones would tear holes into words. */
const MIN_SECRET = 4;
const MAX_LINE = 400;
const URL_IN_TEXT = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>`]+/gi;

/** Of a system's or SSH's message; the host in it need not be one of the settings. */
const HOST_AFTER_CODE = /\b(ENOTFOUND|EAI_AGAIN) ([^\s"'<>()[\]]+)/g;
const USER_AT_HOST = /[\w.+-]+@([\w-]+(?:\.[\w-]+)*)/g;
/** Wide; what it finds is only taken where it is an address. */
const MAYBE_ADDRESS = /\[?([0-9a-f]*(?:[.:]+[0-9a-f]+){2,}|[0-9a-f:.]*::[0-9a-f:.]*)\]?/gi;

/**
 * Makes one line of text fit to be shown to strangers: no secret, no name of the user in a path, of a URL only scheme,
 * host and port, and the host only where it says nothing of anybody or was allowed.
 */
export function createRedactor(options: RedactorOptions): (text: string) => string {
  const masks = new Map<string, string>();
  for (const host of options.hosts) maskHost(host);

  function maskHost(host: string): string {
    const name = host.toLowerCase().replace(/^\[|\]$/g, "");
    if (
      options.showHosts ||
      name === "" ||
      isLoopbackHost(name) ||
      isLoopbackHost(`[${name}]`) ||
      KNOWN_HOSTS.has(name)
    )
      return host;
    const mask = masks.get(name) ?? `<host ${masks.size + 1}>`;
    masks.set(name, mask);
    return mask;
  }

  function shortenUrl(text: string): string {
    // What closes a sentence or a bracket is none of the URL.
    const [, address = "", end = ""] = /^(.*?)([.,;:!?)\]}]*)$/.exec(text) ?? [];
    const url = URL.parse(address);
    if (url === null || url.host === "") return `<url>${end}`;
    const port = url.port === "" ? "" : `:${url.port}`;
    const rest = `${url.pathname}${url.search}${url.hash}`.length > 1 ? "/…" : "";
    return `${url.protocol}//${maskHost(url.hostname)}${port}${rest}${end}`;
  }

  /** With a port behind an IPv4 address, which the pattern takes along. */
  function maskAddress(found: string, address: string): string {
    if (isIP(address) !== 0) return maskHost(address) === address ? found : maskHost(address);
    const [, host = "", port = ""] = /^([\d.]+)(:\d+)$/.exec(address) ?? [];
    return isIP(host) === 0 ? found : `${maskHost(host)}${port}`;
  }

  return (text) => {
    let line = text.replace(/[\p{Cc}\p{Cf}]+/gu, " ");
    for (const secret of options.secrets) {
      if (secret.length < MIN_SECRET) continue;
      for (const form of new Set([secret, encodeURIComponent(secret)])) line = line.replaceAll(form, "<secret>");
    }
    line = line
      .replace(URL_IN_TEXT, shortenUrl)
      .replace(HOST_AFTER_CODE, (_, code: string, host: string) => `${code} ${maskHost(host)}`)
      .replace(USER_AT_HOST, (_, host: string) => `<user>@${maskHost(host)}`)
      .replace(MAYBE_ADDRESS, maskAddress);
    for (const [host, mask] of masks) line = line.replace(new RegExp(escapePattern(host), "gi"), mask);
    for (const home of options.homes) if (home.length > 1) line = line.replaceAll(home, "~");
    line = line
      .replace(/(\/(?:home|Users)\/)[^/\s]+/gi, "$1<user>")
      .replace(/(\\(?:Users|Documents and Settings)\\)[^\\]+/gi, "$1<user>");
    for (const name of options.userNames) {
      if (name !== "")
        line = line.replace(new RegExp(`([/\\\\])${escapePattern(name)}(?=[/\\\\\\s]|$)`, "gi"), "$1<user>");
    }
    return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line;
  };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
