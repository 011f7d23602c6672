import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { decodeUtf8 } from "#shared/utf8.ts";

export type PieceKind = "key" | "string" | "literal" | "plain";

/** A stretch of a row that is drawn alike, in bytes of the body. */
export interface Span {
  readonly kind: PieceKind;
  readonly from: number;
  readonly to: number;
}

/** The same as text; `isFound` where the search has it. `id` tells the pieces of a row apart. */
export interface Piece {
  readonly id: number;
  readonly kind: PieceKind;
  readonly text: string;
  readonly isFound: boolean;
}

/** A row of more is drawn in one colour: among so many, colours tell nobody anything, and a screen of them takes long. */
export const MAX_SPANS = 100;

/**
 * Cuts the bytes from `start` to `end` by what they are in the JSON they belong to. The index knows, so neither a row
 * that begins inside a text nor one of any length is coloured wrong.
 */
export function spansOf(index: JsonIndex | null, start: number, end: number): Span[] {
  const spans: Span[] = [];
  let done = start;
  const add = (kind: PieceKind, from: number, to: number): void => {
    const [left, right] = [Math.max(from, done), Math.min(to, end)];
    if (right <= left) return;
    if (left > done) spans.push({ kind: "plain", from: done, to: left });
    spans.push({ kind, from: left, to: right });
    done = right;
  };
  if (index !== null) {
    for (let value = valueBefore(index, start); value < index.count; value++) {
      const keyEnd = index.keyEnds[value] ?? 0;
      const from = index.starts[value] ?? 0;
      if ((keyEnd > 0 ? (index.keyStarts[value] ?? 0) : from) >= end) break;
      if (spans.length > MAX_SPANS) return [{ kind: "plain", from: start, to: end }];
      add("key", index.keyStarts[value] ?? 0, keyEnd);
      const kind = index.kinds[value] ?? 0;
      if (kind === JSON_KIND.string) add("string", from, index.ends[value] ?? 0);
      else if (kind > JSON_KIND.string) add("literal", from, index.ends[value] ?? 0);
    }
  }
  if (done < end) spans.push({ kind: "plain", from: done, to: end });
  return spans;
}

/** The last value that begins at or before `offset`; 0 where there is none. */
function valueBefore({ starts, count }: JsonIndex, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Occurrences in order, as `findText` gives them. */
export interface Marks {
  readonly offsets: Uint32Array;
  readonly byteLength: number;
}

export const NO_MARKS: Marks = { offsets: new Uint32Array(), byteLength: 0 };

/** The texts of spans, with what was found apart from what was not. */
export function toPieces(bytes: Uint8Array, spans: readonly Span[], { offsets, byteLength }: Marks): Piece[] {
  const pieces: Piece[] = [];
  const add = (kind: PieceKind, from: number, to: number, isFound: boolean): void => {
    if (to > from) pieces.push({ id: from, kind, text: decodeUtf8(bytes.subarray(from, to)), isFound });
  };
  for (const { kind, from, to } of spans) {
    let at = from;
    for (let mark = firstAfter(offsets, from - byteLength); mark < offsets.length; mark++) {
      const found = offsets[mark] ?? 0;
      if (found >= to) break;
      add(kind, at, found, false);
      at = Math.max(at, found);
      const end = Math.min(found + byteLength, to);
      add(kind, at, end, true);
      at = Math.max(at, end);
    }
    add(kind, at, to, false);
  }
  return pieces;
}

/** How many occurrences lie in the bytes from `from` to `to`, or reach into them. */
export function marksBetween({ offsets, byteLength }: Marks, from: number, to: number): number {
  return Math.max(0, firstAfter(offsets, to - 1) - firstAfter(offsets, from - byteLength));
}

/** The first place in ascending `offsets` whose value is above `offset`. */
export function firstAfter(offsets: Uint32Array, offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
