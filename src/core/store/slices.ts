import type { Database } from "better-sqlite3";

/** A part of all rows; `next` is where the following one starts, null at the end. */
export interface Slice<T> {
  readonly found: T[];
  readonly next: number | null;
}

/** Rows looked at at a time: some milliseconds, so that deliveries are written in between. */
const SLICE_ROWS = 10_000;

/** The rows of a slice: from `first` on, before `end`. */
export interface SliceRows {
  readonly first: number;
  readonly end: number;
}

/** Cuts the deliveries into slices, newest first: each ends where the one before began, null where no row is left. */
export function createSlicer(db: Database): (before: number | null) => SliceRows | null {
  const sliceStart = db
    .prepare<[number, number], number | null>(
      "SELECT min(id) FROM (SELECT id FROM deliveries WHERE id < ? ORDER BY id DESC LIMIT ?)",
    )
    .pluck();
  return (before) => {
    const end = before ?? Number.MAX_SAFE_INTEGER;
    const first = sliceStart.get(end, SLICE_ROWS) ?? null;
    return first === null ? null : { first, end };
  };
}

/** How long a look through slices may hold up what waits to be written. */
const LOOK_MS = 4;

/** Looks through slices for some milliseconds, or until `isEnough` was found: messages there and back cost more. */
export function lookThrough<T>(
  slice: (before: number | null) => SliceRows | null,
  before: number | null,
  look: (rows: SliceRows) => readonly T[],
  isEnough: (found: readonly T[]) => boolean = () => false,
): Slice<T> {
  const end = performance.now() + LOOK_MS;
  const found: T[] = [];
  let next = before;
  do {
    const rows = slice(next);
    if (rows === null) return { found, next: null };
    for (const one of look(rows)) found.push(one);
    next = rows.first;
  } while (performance.now() < end && !isEnough(found));
  return { found, next };
}

/** All slices one after the other, or as many as `isEnough` asks for; what waits to be written goes in between. */
export async function collectSlices<T>(
  ask: (before: number | null) => Promise<Slice<T>>,
  isEnough: (all: readonly T[]) => boolean = () => false,
): Promise<T[]> {
  const all: T[] = [];
  let before: number | null = null;
  do {
    const { found, next }: Slice<T> = await ask(before);
    for (const one of found) all.push(one);
    before = next;
  } while (before !== null && !isEnough(all));
  return all;
}
