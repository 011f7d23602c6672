import { isHeaderName } from "#shared/domain/header-syntax.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { readUtf8 } from "#shared/utf8.ts";
import { outgoingHeaders } from "../lib/outgoing-headers.ts";
import { targetUrl } from "../lib/target-url.ts";
import type { ExportedDelivery } from "./exporter.ts";

/** With a body or without one, every client sends these as they are. */
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** A string in Java's source holds 65 535 bytes (JVMS 4.4.7), of which a character here may take twice its own. */
const MAX_BODY_BYTES = 32_000;
/** What none of the clients writes otherwise: of %XX only those that have to be written so. */
const PLAIN = /^(?:[\w\-.~!$&()*+,;=:@/?]|%(?!2[DE]|3\d|[46][1-9A-F]|[57][\dA]|5F|7E)[\dA-F]{2})*$/;
/** Clients resolve dots, and some take double slashes or a last question mark away. */
const REWRITTEN = /\/(?:\/|\.{1,2}(?:[/?]|$))|\?$/;

/** Why no code sends this delivery exactly as it came, and what does, in a sentence or two; null where code can. */
export function whyNoSnippet(delivery: ExportedDelivery, target: URL): string | null {
  const why = whatCodeLacks(delivery, target);
  return why === null ? null : `${why} Use raw or cURL, which send it exactly.`;
}

function whatCodeLacks({ summary, path, headers, body }: ExportedDelivery, target: URL): string | null {
  const { requestTarget } = targetUrl(target, path);
  const { method } = summary;
  if (!METHODS.includes(method)) return "Not every HTTP client knows its method.";
  if (!PLAIN.test(requestTarget) || REWRITTEN.test(requestTarget))
    return "HTTP clients would write its path otherwise.";
  if (body.length > MAX_BODY_BYTES) return `Its body has more than ${MAX_BODY_BYTES} bytes, too many for code.`;
  if (readUtf8(body) === null) return "Its body is no UTF-8 text, which is all that code holds.";
  const strange = outgoingHeaders({ method, headers, body }, target.host, []).find((header) => !isPlainHeader(header));
  return strange === undefined ? null : `Its header ${strange[0]} is none that every HTTP client can send.`;
}

/**
 * Clients disagree on the bytes of what is beyond ASCII, and take no control characters. JavaScript has one name that is
 * no key, and Ruby takes dashes from the end of a name.
 */
function isPlainHeader([name, value]: HeaderPairs[number]): boolean {
  return isHeaderName(name) && name !== "__proto__" && !name.endsWith("-") && /^[\t\x20-\x7e]*$/.test(value);
}

/**
 * The headers of a snippet. The Host is the client's to write. A header that stands twice becomes one (RFC 9110, 5.3),
 * since clients take one of a name; one without a value is left out, since some take it as the wish to send none.
 */
export function snippetHeaders(
  stored: { method: string; headers: HeaderPairs; body: Uint8Array },
  host: string,
): HeaderPairs {
  const byName = new Map<string, [string, string]>();
  for (const [name, padded] of outgoingHeaders(stored, host, [])) {
    const value = padded.trim();
    const key = name.toLowerCase();
    const earlier = byName.get(key);
    if (earlier !== undefined && value !== "") earlier[1] += `, ${value}`;
    else if (value !== "" && key !== "host") byName.set(key, [name, value]);
  }
  return [...byName.values()];
}
