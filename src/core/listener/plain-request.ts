import { isHeaderName } from "#shared/domain/header-syntax.ts";

/** What stands in a request that came in whole and leaves nothing to interpretation. */
export interface PlainRequest {
  readonly method: string;
  readonly path: string;
  /** Flat name, value, name, value…, as Node gives them. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** With an origin-form target (RFC 9112, section 3.2.1): what is meant for a server like ours. */
const REQUEST_LINE = /^POST (\/[!-~]{0,999}) HTTP\/1\.1$/;
/** More are unusual, and whether they are too many is Node's server to know. */
const MAX_FIELDS = 100;
const VALUE = /^[\t -~]*$/;
const LENGTH = /^\d{1,6}$/;
/** Fields that say how a message is framed, or what becomes of its connection: a whole parser has to read these. */
const INTERPRETED = /^(?:transfer-encoding|connection|proxy-connection|upgrade|expect)$/i;
/** But not this one, which asks for what HTTP/1.1 does anyway. */
const KEEP_ALIVE = /^connection:[\t ]*keep-alive[\t ]*$/i;

/**
 * Reads a chunk that is one whole POST over HTTP/1.1 with a body of a declared length, on a connection that stays open:
 * what a sender of webhooks sends. Null for all else, of which that says nothing: it may be the beginning of a request,
 * more than one, one of another kind, or none. Where there is any doubt, it is null. Takes time in proportion to the chunk.
 */
export function readPlainRequest(chunk: Buffer): PlainRequest | null {
  const headEnd = chunk.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const [requestLine = "", ...fieldLines] = chunk.toString("latin1", 0, headEnd).split("\r\n");
  const [, path] = REQUEST_LINE.exec(requestLine) ?? [];
  if (path === undefined) return null;
  const body = chunk.subarray(headEnd + 4);
  const rawHeaders = readFields(fieldLines, body.length);
  return rawHeaders && { method: "POST", path, rawHeaders, body };
}

/** Names and values; null where one is unusual, or where they do not say, once, that the body has this length. */
function readFields(lines: readonly string[], bodyLength: number): string[] | null {
  if (lines.length > MAX_FIELDS) return null;
  const fields: string[] = [];
  let isLengthKnown = false;
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon));
    const value = line.slice(colon + 1);
    if (!isHeaderName(name) || !VALUE.test(value)) return null;
    if (INTERPRETED.test(name) && !KEEP_ALIVE.test(line)) return null;
    fields.push(name, value.trim());
    if (name.length !== "content-length".length || name.toLowerCase() !== "content-length") continue;
    if (isLengthKnown || !LENGTH.test(value.trim()) || Number(value) !== bodyLength) return null;
    isLengthKnown = true;
  }
  return isLengthKnown ? fields : null;
}
