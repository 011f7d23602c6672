import type { ByteChange } from "#shared/domain/verification.ts";
import { decodeUtf8 } from "#shared/utf8.ts";

const MAX_CHANGES = 50;
const MAX_TEXT_BYTES = 64;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where two writings of the same text, mostly JSON, differ, in one pass over both: token by token, white space apart. Where the
 * order of keys differs too, tokens are paired as they come, and most of them differ.
 */
export function byteChanges(
  received: Uint8Array,
  signed: Uint8Array,
): { readonly changes: ByteChange[]; readonly moreChanges: boolean } {
  const changes: ByteChange[] = [];
  let at = 0;
  let signedAt = 0;
  while (at < received.length || signedAt < signed.length) {
    const space = spaceAt(received, at);
    const signedSpace = spaceAt(signed, signedAt);
    const token = tokenAt(received, space.end);
    const signedToken = tokenAt(signed, signedSpace.end);
    at = token.end;
    signedAt = signedToken.end;

    for (const change of [
      changeOf(received, space, signed, signedSpace),
      changeOf(received, token, signed, signedToken),
    ]) {
      if (change === null) continue;
      if (changes.length === MAX_CHANGES) return { changes, moreChanges: true };
      changes.push(change);
    }
  }
  return { changes, moreChanges: false };
}

/** Null where both stretches are the same; else what is left of them between their common start and end. */
function changeOf(received: Uint8Array, a: Span, signed: Uint8Array, b: Span): ByteChange | null {
  const shorter = Math.min(a.end - a.start, b.end - b.start);
  let head = 0;
  while (head < shorter && received[a.start + head] === signed[b.start + head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && received[a.end - 1 - tail] === signed[b.end - 1 - tail]) tail += 1;
  const from = { start: a.start + head, end: a.end - tail };
  const to = { start: b.start + head, end: b.end - tail };
  if (from.start === from.end && to.start === to.end) return null;
  return {
    offset: from.start,
    receivedBytes: from.end - from.start,
    received: textOf(received, from),
    signedOffset: to.start,
    signedBytes: to.end - to.start,
    signed: textOf(signed, to),
  };
}

function textOf(bytes: Uint8Array, { start, end }: Span): string {
  return decodeUtf8(bytes.subarray(start, Math.min(end, start + MAX_TEXT_BYTES)));
}

/** A byte order mark counts as white space: nothing is paired with it. */
function spaceAt(bytes: Uint8Array, start: number): Span {
  let end = start === 0 && BOM.every((byte, index) => bytes[index] === byte) ? BOM.length : start;
  while (isSpace(bytes[end])) end += 1;
  return { start, end };
}

/** One string, one punctuation mark, or one run of anything else: a number, a literal. Empty only at the end. */
function tokenAt(bytes: Uint8Array, start: number): Span {
  if (start >= bytes.length) return { start, end: start };
  if (bytes[start] === QUOTE) return { start, end: stringEnd(bytes, start) };
  let end = start + 1;
  if (isPunctuation(bytes[start])) return { start, end };
  while (end < bytes.length && !isSpace(bytes[end]) && !isPunctuation(bytes[end]) && bytes[end] !== QUOTE) end += 1;
  return { start, end };
}

function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return Math.min(at + 1, bytes.length);
}

const BOM = [0xef, 0xbb, 0xbf];
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PUNCTUATION: ReadonlySet<number | undefined> = new Set(Buffer.from("{}[],:"));

function isPunctuation(byte: number | undefined): boolean {
  return PUNCTUATION.has(byte);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
