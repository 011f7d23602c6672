import type { Database } from "better-sqlite3";
import type { SubjectKind, SubjectRef } from "#shared/domain/subject.ts";
import { createSlicer, lookThrough, type Slice, type SliceRows } from "./slices.ts";

/** A subject, and the newest row of the slice that names it. */
export interface RecentSubject extends SubjectRef {
  readonly lastRow: number;
}

/** What one slice says of a subject. */
export interface SubjectCount extends SubjectRef {
  readonly deliveries: number;
  readonly failed: number;
  /** Epoch milliseconds. */
  readonly firstAt: number;
  /** Of a video: a live stream that is named beside it. */
  readonly liveStreamId: string | null;
}

export interface SubjectTable {
  /** Each subject once a slice, the last active first, at most `limit` of each kind. `text`: a part of the id. */
  recent(kind: SubjectKind | null, text: string, limit: number, before: number | null): Slice<RecentSubject>;
  counts(subjects: readonly SubjectRef[], before: number | null): Slice<SubjectCount>;
  /** The rows that name a subject, newest first. */
  rows(subject: SubjectRef, before: number | null): Slice<number>;
}

const COLUMNS: Readonly<Record<SubjectKind, string>> = { video: "video_id", "live-stream": "live_stream_id" };
const KINDS: readonly SubjectKind[] = ["video", "live-stream"];

/**
 * Looks through deliveries by their subject, slice by slice and without an index: a slice takes a millisecond or two,
 * and an index on ids that look random would cost every delivery a third of its writing.
 */
export function createSubjectTable(db: Database): SubjectTable {
  const slice = createSlicer(db);
  const statements = { video: statementsOf(db, "video"), "live-stream": statementsOf(db, "live-stream") };

  return {
    recent(kind, text, limit, before) {
      const kinds = KINDS.filter((each) => kind === null || each === kind);
      const part = text.toLowerCase();
      const look = ({ first, end }: SliceRows): RecentSubject[] =>
        kinds
          .flatMap((each) => statements[each].recent.all(first, end, part, part, limit))
          .sort((a, b) => b.lastRow - a.lastRow);
      return lookThrough(slice, before, look, (found) => found.length >= limit);
    },
    counts(subjects, before) {
      const names = (each: SubjectKind) => subjects.filter(({ kind }) => kind === each).map(({ id }) => id);
      const wanted = KINDS.map((each) => ({ kind: each, ids: names(each) })).filter(({ ids }) => ids.length > 0);
      return lookThrough(slice, before, ({ first, end }) =>
        wanted.flatMap(({ kind, ids }) => statements[kind].counts.all(first, end, JSON.stringify(ids))),
      );
    },
    rows: ({ kind, id }, before) =>
      lookThrough(slice, before, ({ first, end }) => statements[kind].rows.all(first, end, id)),
  };
}

function statementsOf(db: Database, kind: SubjectKind) {
  const column = COLUMNS[kind];
  const inSlice = "id >= ? AND id < ? AND deleted = 0";
  return {
    recent: db.prepare<[number, number, string, string, number], RecentSubject>(
      `SELECT '${kind}' AS kind, ${column} AS id, max(id) AS lastRow FROM deliveries
       WHERE ${inSlice} AND ${column} IS NOT NULL AND (? = '' OR instr(lower(${column}), ?) > 0)
       GROUP BY ${column} ORDER BY lastRow DESC LIMIT ?`,
    ),
    counts: db.prepare<[number, number, string], SubjectCount>(
      `SELECT '${kind}' AS kind, ${column} AS id, count(*) AS deliveries, sum(state = 'failed') AS failed,
         min(received_at) AS firstAt, ${kind === "video" ? "max(live_stream_id)" : "NULL"} AS liveStreamId
       FROM deliveries WHERE ${inSlice} AND ${column} IN (SELECT value FROM json_each(?)) GROUP BY ${column}`,
    ),
    rows: db
      .prepare<[number, number, string], number>(
        `SELECT id FROM deliveries WHERE ${inSlice} AND ${column} = ? ORDER BY id DESC`,
      )
      .pluck(),
  };
}
