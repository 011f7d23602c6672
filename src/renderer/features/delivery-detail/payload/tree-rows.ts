import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import type { Findings } from "./find-text.ts";
import { readString } from "./find-text.ts";
import { firstAfter } from "./pieces.ts";

/** Which containers are open: all or none of them, but for a few. A million opened at once cost nothing. */
export interface Expansion {
  readonly base: "all" | "none";
  readonly except: ReadonlySet<number>;
}

/** Small bodies are seen whole; of others, the outermost members. */
const ALL_OPEN_UP_TO = 300;

export function startExpansion({ count }: JsonIndex): Expansion {
  return count <= ALL_OPEN_UP_TO ? { base: "all", except: new Set() } : { base: "none", except: new Set([0]) };
}

export function isOpen({ base, except }: Expansion, value: number): boolean {
  return (base === "all") !== except.has(value);
}

export function setOpen(expansion: Expansion, values: readonly number[], open: boolean): Expansion {
  const except = new Set(expansion.except);
  for (const value of values) {
    if ((expansion.base === "all") === open) except.delete(value);
    else except.add(value);
  }
  return { ...expansion, except };
}

/** What a filter leaves: the values that have the text, and the containers that lead to them. */
export interface TreeFilter {
  readonly matches: ReadonlySet<number>;
  readonly ancestors: ReadonlySet<number>;
}

/** Which values have in key or value what was found. */
export function toFilter(index: JsonIndex, findings: Findings): TreeFilter {
  const matches = new Set<number>(findings.escapedValues);
  for (const offset of findings.offsets) {
    const value = valueAt(index, offset, findings.byteLength);
    if (value !== null) matches.add(value);
  }
  const ancestors = new Set<number>();
  for (const match of matches) {
    for (let value = match; value !== 0; ) {
      value = index.parents[value] ?? 0;
      if (ancestors.has(value)) break;
      ancestors.add(value);
    }
  }
  return { matches, ancestors };
}

/** The value in whose key or own text the bytes lie; null for those between values. */
function valueAt(index: JsonIndex, offset: number, byteLength: number): number | null {
  const before = Math.max(0, firstAfter(index.starts.subarray(0, index.count), offset) - 1);
  for (const value of [before, before + 1]) {
    if (value >= index.count) break;
    const isIn = (start: number, end: number) => offset >= start && offset + byteLength <= end;
    if (isIn(index.keyStarts[value] ?? 0, index.keyEnds[value] ?? 0)) return value;
    const isScalar = (index.kinds[value] ?? 0) > JSON_KIND.array;
    if (isScalar && isIn(index.starts[value] ?? 0, index.ends[value] ?? 0)) return value;
  }
  return null;
}

/** The values that are to be seen, in order. Below a match that leads to none itself, all is there to be opened. */
export function treeRows(index: JsonIndex, expansion: Expansion, filter: TreeFilter | null): Uint32Array {
  const rows = new Uint32Array(index.count);
  let count = 0;
  /** Values before this one are below a match: the filter says nothing of them. */
  let freeUntil = 0;
  for (let value = 0; value < index.count; ) {
    const after = index.afters[value] ?? index.count;
    const isFree = filter === null || value < freeUntil;
    if (!isFree && !filter.matches.has(value) && !filter.ancestors.has(value)) {
      value = after;
      continue;
    }
    rows[count] = value;
    count += 1;
    if (!isFree && !filter.ancestors.has(value)) freeUntil = after;
    // Most of a long body are values with nothing in them, of which nobody needs to ask whether they are open.
    value = after > value + 1 && !isOpen(expansion, value) ? after : value + 1;
  }
  // No copy: a million numbers are soon made, but the memory for them is not soon had.
  return rows.subarray(0, count);
}

/** A filter shows the way to what it found: its containers are open until they are closed by hand. */
export function filterExpansion(filter: TreeFilter): Expansion {
  return { base: "none", except: filter.ancestors };
}

/** Nobody reads a longer path, and to write one for a body of a million brackets would take its time. */
const MAX_PATH_NAMES = 1_000;

/** The path to a value as a filter takes it: `metadata[0].value`; empty for the whole, null for what lies too deep. */
export function pathOf(bytes: Uint8Array, index: JsonIndex, value: number): string | null {
  if ((index.depths[value] ?? 0) > MAX_PATH_NAMES) return null;
  const names: string[] = [];
  for (let at = value; at !== 0; at = index.parents[at] ?? 0) {
    const name = nameOf(bytes, index, at);
    names.push((index.keyEnds[at] ?? 0) > 0 ? `.${name}` : `[${name}]`);
  }
  return names.reverse().join("").replace(/^\./, "");
}

/** The row of a value, or of the nearest container around it that is to be seen; 0 where there is none. */
export function nearestRow(index: JsonIndex, rows: Uint32Array, value: number): number {
  for (let at = value; ; at = index.parents[at] ?? 0) {
    const row = firstAfter(rows, at) - 1;
    if (rows[row] === at) return row;
    if (at === 0) return 0;
  }
}

/** The containers around a value, from the innermost out. */
export function ancestorsOf(index: JsonIndex, value: number): number[] {
  const found: number[] = [];
  for (let at = value; at !== 0; ) {
    at = index.parents[at] ?? 0;
    found.push(at);
  }
  return found;
}

/** The key of a value, or its place in a list. */
export function nameOf(bytes: Uint8Array, index: JsonIndex, value: number): string {
  const keyEnd = index.keyEnds[value] ?? 0;
  return keyEnd > 0 ? readString(bytes, index.keyStarts[value] ?? 0, keyEnd) : String(index.positions[value] ?? 0);
}

/** Beyond this, looking for repeats would hold up what is to be drawn. */
const MAX_COMPARED = 1_000;

/** The values of an object whose key stands there more than once, of its first thousand. */
export function repeatedKeys(bytes: Uint8Array, index: JsonIndex, container: number): ReadonlySet<number> {
  const repeated = new Set<number>();
  if (index.kinds[container] !== JSON_KIND.object) return repeated;
  const firsts = new Map<string, number>();
  const end = index.afters[container] ?? 0;
  let compared = 0;
  for (let value = container + 1; value < end && compared < MAX_COMPARED; value = index.afters[value] ?? end) {
    compared += 1;
    const name = nameOf(bytes, index, value);
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, value);
    else repeated.add(first).add(value);
  }
  return repeated;
}

/** Asks of a value whether its key stands more than once in its object; each object is looked through once. */
export function createRepeats(bytes: Uint8Array, index: JsonIndex): (value: number) => boolean {
  const known = new Map<number, ReadonlySet<number>>();
  return (value) => {
    if (value === 0) return false;
    const container = index.parents[value] ?? 0;
    const repeated = known.get(container) ?? repeatedKeys(bytes, index, container);
    known.set(container, repeated);
    return repeated.has(value);
  };
}
