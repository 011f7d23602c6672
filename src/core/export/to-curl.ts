import { isHeaderName, isHeaderValue } from "#shared/domain/header-syntax.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { readUtf8 } from "#shared/utf8.ts";
import { outgoingHeaders } from "../lib/outgoing-headers.ts";
import { targetUrl } from "../lib/target-url.ts";
import type { ExportedDelivery } from "./exporter.ts";
import { quote } from "./shell-quote.ts";

/** What curl would add of its own where the delivery has no such header. */
const OF_CURL = ["Accept", "User-Agent", "Content-Type", "Expect"];
/** Letters, digits, signs and line ends: nothing that is invisible, turns the reading direction, or means something to a terminal. */
const PLAIN_TEXT = /^[\n\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u;

/**
 * A script for bash that sends a delivery to the target as a replay would: exact body, path and headers, these in their
 * order. Only Host comes first, always, and is the target's.
 */
export function toCurl({ summary, path, headers, body }: ExportedDelivery, target: URL): string {
  const { id, receivedAt, method } = summary;
  const { requestTarget } = targetUrl(target, path);
  const sent = outgoingHeaders({ method, headers, body }, target.host, []).filter(isCarried);
  const call = [
    `${body.length > 0 ? `${printBody(body)} | ` : ""}curl --silent --show-error --include --http1.1`,
    ...methodFlags(method, body),
    // Beside the URL, from which curl would take dots and escapes.
    `--request-target ${quote(requestTarget)}`,
    ...headerFlags(sent),
    ...(body.length > 0 ? ["--data-binary @-"] : []),
    quote(`${target.origin}/`),
  ];
  return `# ${id}, received ${receivedAt}\n${call.join(" \\\n  ")}\n`;
}

function methodFlags(method: string, body: Uint8Array): string[] {
  // With any other flag, curl waits for the body of an answer that has none.
  if (method === "HEAD" && body.length === 0) return ["--head"];
  return [`--request ${quote(method)}`];
}

function headerFlags(headers: HeaderPairs): string[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return [
    ...headers.map(([name, value]) => `-H ${quote(value.trim() === "" ? `${name};` : `${name}: ${value}`)}`),
    ...OF_CURL.filter((name) => !names.has(name.toLowerCase())).map((name) => `-H ${quote(`${name}:`)}`),
  ];
}

/** Host is for curl to write; a line end or NUL in a header could come from an import only. */
function isCarried([name, value]: HeaderPairs[number]): boolean {
  return name.toLowerCase() !== "host" && isHeaderName(name) && isHeaderValue(value);
}

/** By way of a pipe: an argument to a program has its limit (128 KiB on Linux), one to bash's own printf has none. */
function printBody(body: Uint8Array): string {
  const text = readUtf8(body);
  if (text !== null && PLAIN_TEXT.test(text)) return `printf %s '${text.replaceAll("'", "'\\''")}'`;
  return `printf %s '${Buffer.from(body).toString("base64")}' | base64 -d`;
}
