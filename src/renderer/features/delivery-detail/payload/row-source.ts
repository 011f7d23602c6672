import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { type FormattedRows, ROW_PART } from "./formatted-rows.ts";
import { firstAfter, type Marks, marksBetween, NO_MARKS, type Piece, spansOf, toPieces } from "./pieces.ts";
import { cutAt, type TextRows } from "./text-rows.ts";

/** What a text view draws: rows that are made when they come into sight. */
export interface RowSource {
  readonly count: number;
  /** Bytes in all of them. */
  readonly size: number;
  /** How much of them was found. */
  readonly marks: number;
  /** How many characters a row has, about: what it will be high when it wraps. */
  lengthOf(row: number): number;
  /** What stands in the margin: a line number, an offset, or nothing. */
  marginOf(row: number): string;
  /** How much of a row was found, about. */
  marksIn(row: number): number;
  piecesOf(row: number, isMarked: boolean): readonly Piece[];
  /** The row that holds a byte of the body. */
  rowOf(offset: number): number;
}

/** The lines of a body exactly as they came. */
export function exactSource(bytes: Uint8Array, rows: TextRows, index: JsonIndex | null, marks: Marks): RowSource {
  return {
    count: rows.count,
    size: bytes.length,
    marks: marks.offsets.length,
    lengthOf: (row) => (rows.ends[row] ?? 0) - (rows.starts[row] ?? 0),
    marginOf: (row) => (rows.lines[row] ? String(rows.lines[row]) : ""),
    marksIn: (row) => marksBetween(marks, rows.starts[row] ?? 0, rows.ends[row] ?? 0),
    piecesOf(row, isMarked) {
      const spans = spansOf(index, rows.starts[row] ?? 0, rows.ends[row] ?? 0);
      return toPieces(bytes, spans, isMarked ? marks : NO_MARKS);
    },
    rowOf: (offset) => Math.max(0, firstAfter(rows.starts, offset) - 1),
  };
}

const INDENT = "  ";
/** Deep enough for any reader; a body that nests a million times must not become rows of white space alone. */
const MAX_INDENT = 40;

/** One member to a row, every key and value as it is written, with white space of ours between them. */
export function formattedSource(bytes: Uint8Array, index: JsonIndex, rows: FormattedRows, marks: Marks): RowSource {
  return {
    count: rows.count,
    size: bytes.length,
    marks: marks.offsets.length,
    lengthOf(row) {
      const value = rows.values[row] ?? 0;
      const isScalar = rows.parts[row] === ROW_PART.scalar;
      return isScalar ? (index.ends[value] ?? 0) - (index.starts[value] ?? 0) : 0;
    },
    marginOf: (row) => String(row + 1),
    marksIn(row) {
      const value = rows.values[row] ?? 0;
      if (rows.parts[row] === ROW_PART.close) return 0;
      const isScalar = rows.parts[row] === ROW_PART.scalar;
      const end = (isScalar ? index.ends[value] : index.keyEnds[value]) ?? 0;
      return marksBetween(marks, startOf(index, value), end);
    },
    piecesOf(row, isMarked) {
      const value = rows.values[row] ?? 0;
      const part = rows.parts[row] ?? 0;
      const isObject = index.kinds[value] === JSON_KIND.object;
      const written: Piece[] = [];
      const add = (text: string): void => {
        // Ids below the first byte: nothing of the body has them.
        written.push({ id: -1 - written.length, kind: "plain", text, isFound: false });
      };
      const addBytes = (kind: "key" | "string" | "literal", from: number, to: number): void => {
        const shown = cutAt(bytes, from, to);
        written.push(...toPieces(bytes, [{ kind, from, to: shown }], isMarked ? marks : NO_MARKS));
        if (shown < to) add(`… ${to - shown} more bytes, whole in the exact view`);
      };
      add(INDENT.repeat(Math.min(index.depths[value] ?? 0, MAX_INDENT)));
      if (part !== ROW_PART.close && (index.keyEnds[value] ?? 0) > 0) {
        addBytes("key", index.keyStarts[value] ?? 0, index.keyEnds[value] ?? 0);
        add(": ");
      }
      if (part === ROW_PART.scalar) {
        const kind = index.kinds[value] === JSON_KIND.string ? "string" : "literal";
        addBytes(kind, index.starts[value] ?? 0, index.ends[value] ?? 0);
      } else {
        const brackets = isObject ? "{}" : "[]";
        add(part === ROW_PART.empty ? brackets : part === ROW_PART.open ? brackets.charAt(0) : brackets.charAt(1));
      }
      if (part !== ROW_PART.open && hasNext(index, value)) add(",");
      return written;
    },
    rowOf: (offset) => formattedRowOf(index, rows, offset),
  };
}

function hasNext(index: JsonIndex, value: number): boolean {
  const after = index.afters[value] ?? 0;
  return value > 0 && after < index.count && index.parents[after] === index.parents[value];
}

/** The first byte of a value, of its key where it has one. */
function startOf(index: JsonIndex, value: number): number {
  return (index.keyEnds[value] ?? 0) > 0 ? (index.keyStarts[value] ?? 0) : (index.starts[value] ?? 0);
}

/** The row of the last value that begins at or before a byte. Opening rows come in the order of their values. */
function formattedRowOf(index: JsonIndex, rows: FormattedRows, offset: number): number {
  let best = 0;
  let low = 0;
  let high = rows.count;
  const rowStart = (row: number): number => {
    const value = rows.values[row] ?? 0;
    return rows.parts[row] === ROW_PART.close ? (index.ends[value] ?? 1) - 1 : startOf(index, value);
  };
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rowStart(middle) <= offset) {
      best = middle;
      low = middle + 1;
    } else high = middle;
  }
  return best;
}

const BYTES_PER_ROW = 16;

/** `7b 22 74 …  {"t…`, sixteen bytes to a row beside what of them is text. */
export function hexSource(bytes: Uint8Array): RowSource {
  return {
    count: Math.ceil(bytes.length / BYTES_PER_ROW),
    size: bytes.length,
    marks: 0,
    lengthOf: () => 0,
    marksIn: () => 0,
    marginOf: (row) => (row * BYTES_PER_ROW).toString(16).padStart(8, "0"),
    piecesOf(row) {
      const part = [...bytes.subarray(row * BYTES_PER_ROW, (row + 1) * BYTES_PER_ROW)];
      const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
      const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
      return [
        { id: 0, kind: "plain", text: `${hex.padEnd(BYTES_PER_ROW * 3 - 1)}  `, isFound: false },
        { id: 1, kind: "string", text, isFound: false },
      ];
    },
    rowOf: (offset) => Math.floor(offset / BYTES_PER_ROW),
  };
}
