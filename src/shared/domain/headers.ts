import * as z from "zod";

/** Headers as they stood on the wire: order, case and duplicates kept, one byte per character (latin1). */
export const HeaderPairs = z.array(z.tuple([z.string(), z.string()]));
export type HeaderPairs = z.infer<typeof HeaderPairs>;

/** api.video's two delivery headers, lower case (https://docs.api.video/reference/create-and-manage-webhooks). */
export const SIGNATURE_HEADER = "x-api-video-signature";
export const WEBHOOK_ID_HEADER = "x-api-video-webhookid";

/** Carried by every replay, so that a handler can tell it from the original. */
export const REPLAY_HEADER = "X-Inspector-Replay-Of";

/**
 * Headers of one connection, not of the message (RFC 9110, 7.6.1), in lower case; never sent on. Expect is among them:
 * the body follows at once, nobody waits for a 100.
 */
export const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** What a Connection header names besides: further headers that are meant for its connection only, in lower case. */
export function namedByConnection(headers: HeaderPairs): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(",").map((token) => token.trim().toLowerCase()));
}

/** The first value of a header, whatever its case; undefined where it is absent. */
export function headerValue(headers: HeaderPairs, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** Node's flat rawHeaders list as pairs. */
export function toHeaderPairs(flat: readonly string[]): HeaderPairs {
  const pairs: HeaderPairs = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i] ?? "", flat[i + 1] ?? ""]);
  return pairs;
}
