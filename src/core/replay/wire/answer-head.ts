import { isHeaderName, isHeaderValue } from "#shared/domain/header-syntax.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { ProtocolError } from "./protocol-fault.ts";

/** An answer's status line and headers: order, case and duplicates kept, one byte per character (latin1). */
export interface AnswerHead {
  readonly version: string;
  readonly status: number;
  readonly headers: HeaderPairs;
}

/** Where the body ends (RFC 9112, 6.3). `detached`: the connection has left HTTP, and what follows is not for us. */
export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "detached" }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" }
  | { readonly kind: "length"; readonly bytes: number };

/** The version and the status of `HTTP/1.1 200 OK`. Throws ProtocolError. */
export function readStatusLine(line: string): Pick<AnswerHead, "version" | "status"> {
  const [, version, status] = /^HTTP\/(\d\.\d) ([1-9]\d\d)(?: |$)/.exec(line) ?? [];
  if (version === undefined) throw new ProtocolError("status-line");
  return { version, status: Number(status) };
}

/** Whether a line that has only begun can still become a status line: what speaks another protocol may never end one. */
export function mayBeStatusLine(beginning: string): boolean {
  return "HTTP/".startsWith(beginning.slice(0, 5));
}

/** A folded line is refused like any other that has no name: it was abolished (RFC 9112, 5.2). Throws ProtocolError. */
export function readHeaderLine(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  const name = line.slice(0, Math.max(colon, 0));
  const value = withoutSpace(line, colon + 1);
  if (!isHeaderName(name) || !isHeaderValue(value)) throw new ProtocolError("header-line");
  return [name, value];
}

/** Not trim(), which takes bytes above 127 for white space; not a pattern, which takes its time over a line of spaces. */
function withoutSpace(line: string, from: number): string {
  let start = from;
  let end = line.length;
  while (start < end && isSpace(line, start)) start += 1;
  while (end > start && isSpace(line, end - 1)) end -= 1;
  return line.slice(start, end);
}

function isSpace(line: string, at: number): boolean {
  return line[at] === " " || line[at] === "\t";
}

/** How the body of the answer to a request with this method is framed. Throws ProtocolError where two readings differ. */
export function framingOf({ status, headers }: AnswerHead, method: string): Framing {
  const lengths = valuesOf(headers, "content-length");
  const codings = tokensOf(headers, "transfer-encoding");
  if (lengths.some((length) => !/^\d{1,15}$/.test(length)) || new Set(lengths).size > 1) {
    throw new ProtocolError("content-length");
  }
  if (lengths[0] !== undefined && codings.length > 0) throw new ProtocolError("two-framings");
  // A 101 nobody asked for, or the answer to a CONNECT.
  if (status === 101 || (method === "CONNECT" && status >= 200 && status < 300)) return { kind: "detached" };
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return { kind: "none" };
  if (codings.length > 0) return { kind: codings.at(-1) === "chunked" ? "chunked" : "until-close" };
  return lengths[0] === undefined ? { kind: "until-close" } : { kind: "length", bytes: Number(lengths[0]) };
}

/** What a target says of its connection once the answer is over. */
export interface Persistence {
  /** It said that it keeps the connection, which HTTP/1.1 also means where nothing is said. */
  readonly isAnnounced: boolean;
  /** How long it keeps it, where it says so. */
  readonly timeoutMs: number | undefined;
}

/**
 * Null where the connection ends with this answer. HTTP/1.0 is never trusted with a second one, nor is a target that
 * announces a body where none may be: it might come all the same, and be taken for the next answer.
 */
export function persistenceOf({ version, headers }: AnswerHead, framing: Framing): Persistence | null {
  const connection = tokensOf(headers, "connection");
  if (version !== "1.1" || connection.includes("close")) return null;
  if (framing.kind === "none" && announcesBody(headers)) return null;
  const parameters = tokensOf(headers, "keep-alive");
  const [, seconds] = parameters.map((parameter) => /^timeout=(\d{1,9})$/.exec(parameter)).find((found) => found) ?? [];
  return {
    isAnnounced: connection.includes("keep-alive") || parameters.length > 0,
    timeoutMs: seconds === undefined ? undefined : Number(seconds) * 1_000,
  };
}

function announcesBody(headers: HeaderPairs): boolean {
  return (
    valuesOf(headers, "content-length").some((length) => Number(length) > 0) ||
    valuesOf(headers, "transfer-encoding").length > 0
  );
}

/** The values of a header, `wanted` being its name in lower case. */
function valuesOf(headers: HeaderPairs, wanted: string): string[] {
  const values: string[] = [];
  for (const [name, value] of headers) {
    // Length first: this runs for every header of every answer.
    if (name.length === wanted.length && name.toLowerCase() === wanted) values.push(value);
  }
  return values;
}

function tokensOf(headers: HeaderPairs, name: string): string[] {
  const values = valuesOf(headers, name);
  if (values.length === 0) return values;
  return values
    .join(",")
    .split(",")
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== "");
}
