import type { Database } from "better-sqlite3";
import type { ActivityCounts } from "#shared/domain/activity.ts";
import { toId } from "./stored-delivery.ts";

/** Deliveries by state in each of `counts.length` equal parts of a time; epoch milliseconds. */
export interface StoredActivity {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly ActivityCounts[];
  /** The first and the last delivery, in order of arrival, that was counted; null where none was. */
  readonly oldest: string | null;
  readonly newest: string | null;
}

export interface ActivityTable {
  /** `from` null means from the oldest delivery that is kept. */
  count(from: number | null, to: number, buckets: number): StoredActivity;
}

interface CountedRow extends ActivityCounts {
  readonly oldest: number | null;
  readonly newest: number | null;
}

/**
 * Counts by the index on the time of receipt alone, a bucket at a time: one sum for all of them would sort a hundred
 * thousand rows into groups first.
 */
export function createActivityTable(db: Database): ActivityTable {
  const oldestAt = db.prepare<[], number | null>("SELECT min(received_at) FROM deliveries WHERE deleted = 0").pluck();
  const counted = db.prepare<[number, number], CountedRow>(`SELECT
    count(*) FILTER (WHERE state = 'verified') AS verified,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'unsigned') AS unsigned,
    count(*) FILTER (WHERE state = 'unchecked') AS unchecked,
    min(id) AS oldest, max(id) AS newest
    FROM deliveries WHERE deleted = 0 AND received_at >= ? AND received_at < ?`);

  return {
    count(wanted, to, buckets) {
      const from = Math.min(wanted ?? oldestAt.get() ?? to, to);
      const edge = (n: number): number => from + ((to - from) * n) / buckets;
      const rows = Array.from({ length: buckets }, (_, n) => counted.get(edge(n), edge(n + 1)) ?? EMPTY);
      return {
        from,
        to,
        counts: rows.map(({ verified, failed, unsigned, unchecked }) => ({ verified, failed, unsigned, unchecked })),
        oldest: toIdOf(
          rows.flatMap(({ oldest }) => oldest ?? []),
          Math.min,
        ),
        newest: toIdOf(
          rows.flatMap(({ newest }) => newest ?? []),
          Math.max,
        ),
      };
    },
  };
}

const EMPTY: CountedRow = { verified: 0, failed: 0, unsigned: 0, unchecked: 0, oldest: null, newest: null };

function toIdOf(rows: readonly number[], pick: (...rows: number[]) => number): string | null {
  return rows.length === 0 ? null : toId(pick(...rows));
}
