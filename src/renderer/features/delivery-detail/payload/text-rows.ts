import { GrowingColumn } from "#shared/json/growing-column.ts";

/**
 * Longer lines are cut, so that a body of one line is drawn in pieces like any other. Short enough that a screen of rows
 * of nothing but digits and commas, each of them a piece, is drawn within a frame or few.
 */
export const MAX_ROW_BYTES = 400;

/** Where each row of a text stands, in bytes. `lines` counts from 1; 0 is the rest of a line that was cut. */
export interface TextRows {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly lines: Uint32Array;
}

/** The lines of a UTF-8 text; a line end belongs to no row. No character is cut in two. */
export function exactRows(bytes: Uint8Array): TextRows {
  const starts = new GrowingColumn(64);
  const ends = new GrowingColumn(64);
  const lines = new GrowingColumn(64);
  let line = 0;
  let start = 0;
  for (;;) {
    line += 1;
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    let from = start;
    do {
      const to = cutAt(bytes, from, end);
      starts.push(from);
      ends.push(to);
      lines.push(from === start ? line : 0);
      from = to;
    } while (from < end);
    if (newline === -1) break;
    start = newline + 1;
  }
  return { count: starts.length, starts: starts.toArray(), ends: ends.toArray(), lines: lines.toArray() };
}

/** Where a row that begins at `from` ends: at the latest at `end`, and before a character rather than in it. */
export function cutAt(bytes: Uint8Array, from: number, end: number): number {
  if (end - from <= MAX_ROW_BYTES) return end;
  let to = from + MAX_ROW_BYTES;
  while (to > from + 1 && ((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1;
  return to;
}
