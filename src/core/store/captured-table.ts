import type { Database } from "better-sqlite3";

/** What was captured of a video or live stream, whatever became of the delivery since. */
export interface CapturedEvent {
  readonly type: string;
  readonly detail: string | null;
  readonly videoId: string | null;
  readonly liveStreamId: string | null;
}

/** A part of all rows; `next` is where the following one starts, null at the end. */
export interface Slice<T> {
  readonly found: T[];
  readonly next: number | null;
}

export interface CapturedTable {
  /** Ids of videos that deliveries received in this time are about; simulated events name videos that nobody has. */
  seenVideosSlice(from: number, to: number, before: number | null): Slice<string>;
  /** Newest first. */
  capturedSlice(
    videoIds: readonly string[],
    liveStreamIds: readonly string[],
    before: number | null,
  ): Slice<CapturedEvent>;
}

/** All slices one after the other; what waits to be written goes in between. */
export async function collectSlices<T>(ask: (before: number | null) => Promise<Slice<T>>): Promise<T[]> {
  const all: T[] = [];
  let before: number | null = null;
  do {
    const { found, next }: Slice<T> = await ask(before);
    for (const one of found) all.push(one);
    before = next;
  } while (before !== null);
  return all;
}

/** Rows looked at at a time: some milliseconds, so that deliveries are written in between. */
const SLICE_ROWS = 10_000;

/**
 * Looks through deliveries by their subject. There is no index for it on purpose: each would be paid for by every
 * delivery that comes, and this is asked once a gap. Deleted deliveries count, incomplete ones do not: those were not
 * acknowledged, and api.video sends them again.
 */
export function createCapturedTable(db: Database): CapturedTable {
  const sliceEnd = db
    .prepare<[number, number], number | null>(
      "SELECT min(id) FROM (SELECT id FROM deliveries WHERE id < ? ORDER BY id DESC LIMIT ?)",
    )
    .pluck();
  const seen = db
    .prepare<[number, number, number, number], string>(
      `SELECT DISTINCT video_id FROM deliveries
       WHERE id >= ? AND id < ? AND video_id IS NOT NULL AND received_at BETWEEN ? AND ?
         AND incomplete IS NULL AND source = 'received'`,
    )
    .pluck();
  const captured = db.prepare<[number, number, string, string], CapturedEvent>(
    `SELECT type, detail, video_id AS videoId, live_stream_id AS liveStreamId FROM deliveries
     WHERE id >= ? AND id < ? AND type IS NOT NULL AND incomplete IS NULL
       AND (video_id IN (SELECT value FROM json_each(?)) OR live_stream_id IN (SELECT value FROM json_each(?)))
     ORDER BY id DESC`,
  );

  /** The rows of a slice, from its oldest up to `before`; null where there are none. */
  function slice(before: number | null): { first: number; end: number } | null {
    const end = before ?? Number.MAX_SAFE_INTEGER;
    const first = sliceEnd.get(end, SLICE_ROWS) ?? null;
    return first === null ? null : { first, end };
  }

  return {
    seenVideosSlice(from, to, before) {
      const rows = slice(before);
      if (rows === null) return { found: [], next: null };
      return { found: seen.all(rows.first, rows.end, from, to), next: rows.first };
    },
    capturedSlice(videoIds, liveStreamIds, before) {
      const rows = slice(before);
      if (rows === null) return { found: [], next: null };
      const found = captured.all(rows.first, rows.end, JSON.stringify(videoIds), JSON.stringify(liveStreamIds));
      return { found, next: rows.first };
    },
  };
}
