import type { Database } from "better-sqlite3";
import { createSlicer, type Slice } from "./slices.ts";

/** What was captured of a video or live stream, whatever became of the delivery since. */
export interface CapturedEvent {
  readonly type: string;
  readonly detail: string | null;
  readonly videoId: string | null;
  readonly liveStreamId: string | null;
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

/**
 * Looks through deliveries by their subject. There is no index for it on purpose: each would be paid for by every
 * delivery that comes, and this is asked once a gap. Deleted deliveries count, incomplete ones do not: those were not
 * acknowledged, and api.video sends them again. Nor do edited ones, whose events nobody sent.
 */
export function createCapturedTable(db: Database): CapturedTable {
  const slice = createSlicer(db);
  const seen = db
    .prepare<[number, number, number, number], string>(
      `SELECT DISTINCT video_id FROM deliveries
       WHERE id >= ? AND id < ? AND video_id IS NOT NULL AND received_at BETWEEN ? AND ?
         AND incomplete IS NULL AND source = 'received'`,
    )
    .pluck();
  const captured = db.prepare<[number, number, string, string], CapturedEvent>(
    `SELECT type, detail, video_id AS videoId, live_stream_id AS liveStreamId FROM deliveries
     WHERE id >= ? AND id < ? AND type IS NOT NULL AND incomplete IS NULL AND source <> 'edited'
       AND (video_id IN (SELECT value FROM json_each(?)) OR live_stream_id IN (SELECT value FROM json_each(?)))
     ORDER BY id DESC`,
  );

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
