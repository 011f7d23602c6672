import * as z from "zod";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { fromBase64 } from "./imported-request.ts";

/** A body as HAR has it; the encoding is not of its specification, and written by some all the same. */
export const PostData = z.object({
  text: z.string().nullish(),
  encoding: z.string().nullish(),
  params: z.array(z.unknown()).nullish().catch(null),
  _bodyBase64: z.string().nullish(),
});

/** Requests of a page are nearly all GETs: nobody who imports webhooks means those. */
const METHODS_WITH_BODY: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

export function mayBeWebhook(method: string, body: Uint8Array): boolean {
  return body.length > 0 || METHODS_WITH_BODY.has(method.toUpperCase());
}

/**
 * The bytes of a body that another program wrote as text, `bodySize` being how many it counted; why there are none, in
 * words, where they cannot be told.
 */
export function foreignBody(postData: z.infer<typeof PostData>, bodySize: number | null): Buffer | string {
  const { encoding, params, _bodyBase64 } = postData;
  const text = postData.text ?? "";
  if (_bodyBase64 != null || encoding?.toLowerCase() === "base64") {
    return fromBase64(_bodyBase64 ?? text) ?? "Its body is no base64.";
  }
  if (text === "" && params != null && params.length > 0) {
    return "Its body is there as form fields only, whose exact bytes nobody knows.";
  }
  if (!text.isWellFormed()) return "Its body holds half a character, whose bytes nobody knows.";
  const bytes = Buffer.from(text);
  return bytes.length === bodySize ? bytes : (asBytes(text, bodySize) ?? bytes);
}

/** Bodies that are no UTF-8 are often written one character per byte, which the counted size gives away. */
function asBytes(text: string, bodySize: number | null): Buffer | null {
  if (text.length !== bodySize) return null;
  const bytes = Buffer.from(text, "latin1");
  return bytes.toString("latin1") === text ? bytes : null;
}

/** What of a URL stands in a request line, escaped where it holds what cannot. */
export function foreignPath(url: string): string {
  const local = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  const path = local.startsWith("/") ? local : `/${local}`;
  return path.replace(/[^\x21-\x7e]+/g, (illegal) =>
    [...Buffer.from(illegal.toWellFormed())]
      .map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`)
      .join(""),
  );
}

/** Without those that HTTP/2 makes of the request line; the host of a request is one of them there. */
export function foreignHeaders(headers: readonly { readonly name: string; readonly value: string }[]): HeaderPairs {
  const pairs = headers
    .filter(({ name }) => !name.startsWith(":"))
    .map(({ name, value }): HeaderPairs[number] => [name, onePerByte(value)]);
  const authority = headers.find(({ name }) => name === ":authority")?.value;
  const hasHost = pairs.some(([name]) => name.toLowerCase() === "host");
  return authority === undefined || hasHost ? pairs : [["host", onePerByte(authority)], ...pairs];
}

/** Where a value was decoded, its bytes are those of UTF-8. */
function onePerByte(value: string): string {
  const isBytes = Buffer.from(value, "latin1").toString("latin1") === value;
  return isBytes ? value : Buffer.from(value.toWellFormed()).toString("latin1");
}
