import type { Database } from "better-sqlite3";
import { Gap } from "#shared/domain/gap.ts";

/** What is known of a gap when it is recorded; epoch milliseconds. */
export interface NewGap {
  readonly from: number;
  readonly to: number | null;
  readonly cause: Gap["cause"];
  readonly message: string;
}

export interface GapTable {
  add(gap: NewGap): Gap;
  /** Undefined where there is no such gap (any more). */
  end(id: string, to: number): Gap | undefined;
  /** Newest first. */
  list(): Gap[];
  /** Erases those that are over. */
  clear(): void;
}

/** Months of a bad connection; the oldest go first. */
export const MAX_GAPS = 1_000;

interface GapRow {
  readonly id: number;
  readonly from_at: number;
  readonly to_at: number | null;
  readonly cause: string;
  readonly message: string;
}

export function createGapTable(db: Database): GapTable {
  const insert = db.prepare<[number, number | null, string, string], GapRow>(
    "INSERT INTO gaps (from_at, to_at, cause, message) VALUES (?, ?, ?, ?) RETURNING *",
  );
  const update = db.prepare<[number, number | null], GapRow>("UPDATE gaps SET to_at = ? WHERE id = ? RETURNING *");
  const trim = db.prepare(
    "DELETE FROM gaps WHERE id NOT IN (SELECT id FROM gaps ORDER BY from_at DESC, id DESC LIMIT ?)",
  );
  const all = db.prepare<[], GapRow>("SELECT * FROM gaps ORDER BY from_at DESC, id DESC");
  const clear = db.prepare("DELETE FROM gaps WHERE to_at IS NOT NULL");

  return {
    add: db.transaction((gap: NewGap) => {
      const row = insert.get(gap.from, gap.to, gap.cause, gap.message);
      trim.run(MAX_GAPS);
      return toGap(row);
    }),
    end(id, to) {
      const row = update.get(to, toGapRow(id));
      return row && toGap(row);
    },
    list: () => all.all().map(toGap),
    clear: () => void clear.run(),
  };
}

function toGapRow(id: string): number | null {
  return /^g[1-9]\d{0,14}$/.test(id) ? Number(id.slice(1)) : null;
}

function toGap(row: GapRow | undefined): Gap {
  return Gap.parse({
    id: `g${row?.id}`,
    from: iso(row?.from_at),
    to: row?.to_at == null ? null : iso(row.to_at),
    cause: row?.cause,
    message: row?.message,
  });
}

function iso(epochMs: number | undefined): string {
  return new Date(epochMs ?? Number.NaN).toISOString();
}
