import { type HeaderPairs, SIGNATURE_HEADER } from "#shared/domain/headers.ts";
import type { RequestEdits } from "#shared/domain/request-edits.ts";
import type { StoredRequest } from "./sender.ts";

/** As api.video writes it. */
const SIGNATURE_NAME = "X-Api-Video-Signature";

/** A stored request with edits: what they do not name stays, but for the length that a header tells of the body. */
export function editRequest(stored: StoredRequest, edits: RequestEdits): StoredRequest {
  const { method, path } = { ...stored, ...withoutUndefined(edits) };
  const body = edits.body === undefined ? stored.body : toBytes(edits.body);
  const isResized = edits.headers !== undefined || edits.body !== undefined;
  const headers = (edits.headers ?? stored.headers).map(([name, value]): [string, string] =>
    isResized && name.toLowerCase() === "content-length" ? [name, String(body.length)] : [name, value],
  );
  return { method, path, headers, body, isIncomplete: stored.isIncomplete === true && edits.body === undefined };
}

/** With another signature where the first one stood, its name as it was written; the only one, and at the end where there was none. */
export function withSignature(request: StoredRequest, signature: string): StoredRequest {
  const isSignature = ([name]: HeaderPairs[number]) => name.toLowerCase() === SIGNATURE_HEADER;
  const first = request.headers.findIndex(isSignature);
  if (first === -1) return { ...request, headers: [...request.headers, [SIGNATURE_NAME, signature]] };
  const headers = request.headers.flatMap((pair, index): HeaderPairs => {
    if (!isSignature(pair)) return [pair];
    return index === first ? [[pair[0], signature]] : [];
  });
  return { ...request, headers };
}

/** True where both put the same on the wire. */
export function isSameRequest(one: StoredRequest, other: StoredRequest): boolean {
  return (
    one.method === other.method &&
    one.path === other.path &&
    one.headers.length === other.headers.length &&
    one.headers.every(([name, value], index) => {
      const pair = other.headers[index];
      return pair !== undefined && pair[0] === name && pair[1] === value;
    }) &&
    Buffer.compare(one.body, other.body) === 0
  );
}

function toBytes(body: NonNullable<RequestEdits["body"]>): Buffer {
  return typeof body === "string" ? Buffer.from(body) : Buffer.from(body.base64, "base64");
}

function withoutUndefined({ method, path }: RequestEdits): { method?: string; path?: string } {
  return { ...(method !== undefined && { method }), ...(path !== undefined && { path }) };
}
