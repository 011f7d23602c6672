import { hash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { elapsedMs } from "./stored-delivery.ts";

/** One delivery on its way to the worker: plain values only, its body packed into the batch's one buffer. */
export interface BatchRow {
  readonly receivedAt: number;
  readonly lastByteAt: number;
  readonly verifiedAt: number;
  readonly source: string;
  readonly originRow: number | null;
  readonly method: string;
  readonly path: string;
  readonly type: string | null;
  readonly detail: string | null;
  readonly emittedAt: string | null;
  readonly videoId: string | null;
  readonly liveStreamId: string | null;
  readonly state: string;
  readonly cause: string | null;
  readonly webhookId: string | null;
  readonly status: number | null;
  readonly incomplete: string | null;
  /** JSON of the flat header list. */
  readonly headers: string;
  readonly bodyBytes: number;
}

/** When an earlier transaction was known to be durable and when each of its deliveries was answered. */
export interface FinishedCommit {
  readonly firstRow: number;
  readonly committedAt: number;
  /** Milliseconds after each delivery's first byte; NaN where no answer went out. */
  readonly answeredMs: Float32Array;
}

export interface AppendBatch {
  readonly rows: readonly BatchRow[];
  readonly bodies: Uint8Array<ArrayBuffer>;
  readonly finished: readonly FinishedCommit[];
}

/** api.video retries seconds apart; a minute is generous and still no accident. */
export const DUPLICATE_WINDOW_MS = 60_000;
/** Bounds the memory of the window under a flood; what falls out is shown as a delivery of its own. */
const MAX_REMEMBERED = 20_000;

/** Longer ones stand in the window as their digest: a head may be 256 KiB. */
const MAX_KEY_CHARS = 200;

/** What became of a batch: the first row's number, and per delivery the row it repeats or 0. */
export interface AppendedBatch {
  readonly firstRow: number;
  readonly repeats: number[];
}

/**
 * Writes whole batches in one transaction, durable when it returns; rows are numbered from `nextRow` on. Throws what
 * SQLite throws, with nothing written.
 */
export function createAppend(db: Database): (batches: readonly AppendBatch[], nextRow: number) => AppendedBatch[] {
  const insertDelivery = db.prepare(`INSERT INTO deliveries
    (id, received_at, last_byte_ms, verified_ms, source, origin_id, method, path, type, detail, emitted_at, video_id,
     live_stream_id, state, cause, webhook_id, status, incomplete, body_bytes, kept_bytes, duplicate_of)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertContent = db.prepare("INSERT INTO contents (id, headers, body_sha256, body) VALUES (?, ?, ?, ?)");
  const insertCommit = db.prepare(
    "INSERT OR REPLACE INTO commits (first_id, committed_at, answered_ms) VALUES (?, ?, ?)",
  );
  const isThere = db.prepare<[number], number>("SELECT 1 FROM deliveries WHERE id = ? AND deleted = 0").pluck();
  const isKept = (row: number): boolean => isThere.get(row) !== undefined;
  const arrived = createDuplicateWindow(isKept);
  // What comes with a file repeats only what came with one: its times of the past say nothing of what arrives.
  const imported = createDuplicateWindow(isKept);

  function repeatedBy(row: BatchRow, id: number, sha256: Buffer): number {
    // What the user made is no repeat of what it was made from, nor is what comes later one of it.
    if (row.source === "edited") return 0;
    const key = `${shortened(`${row.webhookId} ${row.method} ${row.path}`)} ${sha256.toString("latin1")}`;
    return (row.source === "imported" ? imported : arrived).seen(key, id, row.receivedAt);
  }

  function write(batch: AppendBatch, firstRow: number): AppendedBatch {
    for (const { firstRow, committedAt, answeredMs } of batch.finished) {
      insertCommit.run(
        firstRow,
        committedAt,
        Buffer.from(answeredMs.buffer, answeredMs.byteOffset, answeredMs.byteLength),
      );
    }
    let offset = 0;
    const repeats = batch.rows.map((row, index) => {
      const id = firstRow + index;
      const body = Buffer.from(batch.bodies.buffer, batch.bodies.byteOffset + offset, row.bodyBytes);
      offset += row.bodyBytes;
      const sha256 = hash("sha256", body, "buffer");
      const repeats = repeatedBy(row, id, sha256);
      insertDelivery.run(
        id,
        row.receivedAt,
        elapsedMs(row.receivedAt, row.lastByteAt),
        elapsedMs(row.receivedAt, row.verifiedAt),
        row.source,
        row.originRow,
        row.method,
        row.path,
        row.type,
        row.detail,
        row.emittedAt,
        row.videoId,
        row.liveStreamId,
        row.state,
        row.cause,
        row.webhookId,
        row.status,
        row.incomplete,
        row.bodyBytes,
        keptBytes(row),
        repeats || null,
      );
      insertContent.run(id, row.headers, sha256, body);
      return repeats;
    });
    return { firstRow, repeats };
  }

  const writeAll = db.transaction((batches: readonly AppendBatch[], nextRow: number): AppendedBatch[] => {
    let row = nextRow;
    return batches.map((batch) => {
      const appended = write(batch, row);
      row += batch.rows.length;
      return appended;
    });
  });

  return (batches, nextRow) => {
    try {
      const appended = writeAll(batches, nextRow);
      arrived.keep();
      imported.keep();
      return appended;
    } catch (error) {
      // What was not written can be repeated by nothing; the sender tries again, and that one is the first.
      arrived.forget();
      imported.forget();
      throw error;
    }
  };
}

/** What a delivery counts with in the limits; its path is a part of what others choose, as body and headers are. */
export function keptBytes({ bodyBytes, headers, path }: BatchRow): number {
  return bodyBytes + headers.length + path.length;
}

function shortened(text: string): string {
  return text.length <= MAX_KEY_CHARS ? text : hash("sha256", text, "base64");
}

interface Seen {
  readonly row: number;
  readonly at: number;
}

/** Finds the first delivery with the same key within the window; a Map keeps insertion order, so the oldest is first. */
function createDuplicateWindow(isKept: (row: number) => boolean) {
  const first = new Map<string, Seen>();
  /** Of the transaction under way, which may still fail. */
  const pending = new Map<string, Seen>();
  return {
    seen(key: string, row: number, at: number): number {
      const earlier = pending.get(key) ?? first.get(key);
      const isNear = earlier !== undefined && Math.abs(at - earlier.at) <= DUPLICATE_WINDOW_MS;
      if (isNear && isKept(earlier.row)) return earlier.row;
      pending.set(key, { row, at });
      return 0;
    },
    keep(): void {
      for (const [key, seen] of pending) {
        first.delete(key);
        first.set(key, seen);
        if (first.size > MAX_REMEMBERED) first.delete(first.keys().next().value ?? "");
      }
      pending.clear();
    },
    forget: () => pending.clear(),
  };
}
