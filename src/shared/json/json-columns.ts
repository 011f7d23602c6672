import { GrowingColumn } from "./growing-column.ts";

/** What a value is. The numbers are what `JsonIndex.kinds` holds. */
export const JSON_KIND = { object: 0, array: 1, string: 2, number: 3, true: 4, false: 5, null: 6 } as const;
export type JsonKind = (typeof JSON_KIND)[keyof typeof JSON_KIND];

/**
 * Where every value of a JSON text stands, in the order of the text: parallel columns by the value's number, offsets in
 * bytes. Nothing is decoded, so numbers keep their digits, repeated keys and `__proto__` are values like any other, and
 * no depth is too deep. Value 0 is the whole.
 */
export interface JsonIndex {
  readonly count: number;
  readonly kinds: Uint8Array;
  /** From the first byte of the value to behind its last. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Of the key with its quotes; both 0 where the value has none. */
  readonly keyStarts: Uint32Array;
  readonly keyEnds: Uint32Array;
  /** The container's number; that of value 0 is 0. */
  readonly parents: Uint32Array;
  /** The number of the first value that is not inside this one. */
  readonly afters: Uint32Array;
  readonly childCounts: Uint32Array;
  /** Counts from 0 among the values of one container. */
  readonly positions: Uint32Array;
  readonly depths: Uint32Array;
  /** More values are there than `maxValues`; containers still say how many they hold. */
  readonly hasMore: boolean;
}

/** Outside every container. */
export const NOTHING_OPEN = 0;

/** A container on the stack: its number plus 1, doubled, and 1 more for an object. */
export function toOpen(number: number, kind: JsonKind): number {
  return (number + 1) * 2 + (kind === JSON_KIND.object ? 1 : 0);
}

export function isObject(open: number): boolean {
  return open % 2 === 1;
}

function numberOf(open: number): number {
  return Math.floor(open / 2) - 1;
}

/** What is not noted any more, because there are too many before it. */
const UNNOTED = 0x3fff_ffff;

export interface Columns {
  /** Notes a value inside `open`; gives its own number. */
  add(kind: JsonKind, open: number, start: number, end: number, keyStart: number, keyEnd: number): number;
  close(open: number, end: number): void;
  closeAll(end: number): void;
  toIndex(): JsonIndex;
}

export function createColumns(maxValues: number): Columns {
  const kinds = new GrowingColumn(16);
  const starts = new GrowingColumn(16);
  const ends = new GrowingColumn(16);
  const keyStarts = new GrowingColumn(16);
  const keyEnds = new GrowingColumn(16);
  const parents = new GrowingColumn(16);
  const afters = new GrowingColumn(16);
  const childCounts = new GrowingColumn(16);
  const positions = new GrowingColumn(16);
  const depths = new GrowingColumn(16);
  let hasMore = false;

  return {
    add(kind, open, start, end, keyStart, keyEnd) {
      const parent = open === NOTHING_OPEN ? 0 : numberOf(open);
      const position = open === NOTHING_OPEN || parent === UNNOTED ? 0 : childCounts.at(parent);
      if (open !== NOTHING_OPEN && parent !== UNNOTED) childCounts.set(parent, position + 1);
      const number = kinds.length;
      if (number >= maxValues) {
        hasMore = true;
        return UNNOTED;
      }
      kinds.push(kind);
      starts.push(start);
      ends.push(end);
      keyStarts.push(keyStart);
      keyEnds.push(keyEnd);
      parents.push(parent);
      afters.push(number + 1);
      childCounts.push(0);
      positions.push(position);
      depths.push(open === NOTHING_OPEN ? 0 : depths.at(parent) + 1);
      return number;
    },
    close(open, end) {
      const number = numberOf(open);
      if (number === UNNOTED) return;
      ends.set(number, end);
      afters.set(number, kinds.length);
    },
    closeAll(end) {
      // Whatever is still open ends where the text does: those are the last value and its containers.
      for (let number = 0; number < kinds.length; number++) {
        if (kinds.at(number) <= JSON_KIND.array && ends.at(number) === starts.at(number) + 1) {
          ends.set(number, end);
          afters.set(number, kinds.length);
        }
      }
    },
    toIndex: () => ({
      count: kinds.length,
      kinds: Uint8Array.from(kinds.toArray()),
      starts: starts.toArray(),
      ends: ends.toArray(),
      keyStarts: keyStarts.toArray(),
      keyEnds: keyEnds.toArray(),
      parents: parents.toArray(),
      afters: afters.toArray(),
      childCounts: childCounts.toArray(),
      positions: positions.toArray(),
      depths: depths.toArray(),
      hasMore,
    }),
  };
}
