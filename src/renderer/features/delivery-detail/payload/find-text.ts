import { GrowingColumn } from "#shared/json/growing-column.ts";
import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { decodeUtf8 } from "#shared/utf8.ts";

/** Where a text occurs in a body. */
export interface Findings {
  /** First bytes, in order; each occurrence is `byteLength` long. */
  readonly offsets: Uint32Array;
  readonly byteLength: number;
  /** Values whose text has it once its escapes are resolved, though not as it is written. */
  readonly escapedValues: Uint32Array;
  /** There are more than are noted. */
  readonly hasMore: boolean;
}

const MAX_FOUND = 10_000;

/** Looks for `text` in UTF-8 bytes. The case of A to Z does not count; that of other letters does. */
export function findText(bytes: Uint8Array, text: string, index: JsonIndex | null): Findings {
  const wanted = new TextEncoder().encode(text).map(toLower);
  const offsets = new GrowingColumn(16);
  const first = wanted[0];
  let hasMore = false;
  if (first !== undefined) {
    const last = bytes.length - wanted.length;
    for (let at = 0; at <= last; at++) {
      if (toLower(bytes[at] ?? 0) !== first || !isAt(bytes, at, wanted)) continue;
      hasMore = offsets.length === MAX_FOUND;
      if (hasMore) break;
      offsets.push(at);
      at += wanted.length - 1;
    }
  }
  return {
    offsets: offsets.toArray(),
    byteLength: wanted.length,
    escapedValues: index === null || text === "" ? new Uint32Array() : findEscaped(bytes, text, index),
    hasMore,
  };
}

function isAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 1; i < wanted.length; i++) if (toLower(bytes[at + i] ?? 0) !== wanted[i]) return false;
  return true;
}

function toLower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

const BACKSLASH = 0x5c;

/** Only what has an escape in it is decoded: `caf\u00e9` is found by café. */
function findEscaped(bytes: Uint8Array, text: string, index: JsonIndex): Uint32Array {
  const found = new GrowingColumn(16);
  const wanted = text.toLowerCase();
  const has = (start: number, end: number): boolean => {
    const escapeAt = bytes.indexOf(BACKSLASH, start);
    if (escapeAt === -1 || escapeAt >= end) return false;
    return readString(bytes, start, end).toLowerCase().includes(wanted);
  };
  let nextEscape = bytes.indexOf(BACKSLASH);
  for (let value = 0; value < index.count && nextEscape !== -1 && found.length < MAX_FOUND; value++) {
    const end = index.ends[value] ?? 0;
    const isString = index.kinds[value] === JSON_KIND.string;
    const reach = isString ? end : (index.keyEnds[value] ?? 0);
    if (nextEscape >= reach) continue;
    const hasIt =
      has(index.keyStarts[value] ?? 0, index.keyEnds[value] ?? 0) || (isString && has(index.starts[value] ?? 0, end));
    if (hasIt) found.push(value);
    nextEscape = bytes.indexOf(BACKSLASH, reach);
  }
  return found.toArray();
}

/** The text that a JSON string stands for; where it was cut, as it is written. */
export function readString(bytes: Uint8Array, start: number, end: number): string {
  const written = decodeUtf8(bytes.subarray(start, end));
  try {
    return String(JSON.parse(written));
  } catch {
    // The end of the bytes runs through it.
    return written.slice(1);
  }
}
