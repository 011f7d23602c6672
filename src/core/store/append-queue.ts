import type { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import type { AppendBatch, BatchRow, FinishedCommit } from "./append-batch.ts";
import { type NewDelivery, toId, toRow } from "./stored-delivery.ts";

/** A delivery that is on disk. */
export interface Appended {
  readonly id: string;
  readonly committedAt: number;
  readonly duplicateOf?: string;
  /** To be called once, when the answer went out (its time) or will not (null). */
  answered(at: number | null): void;
}

interface Waiting {
  readonly delivery: NewDelivery;
  resolve(appended: Appended): void;
  reject(error: AppError): void;
}

export interface AppendQueue {
  append(delivery: NewDelivery): Promise<Appended>;
  /** The batch under way is on disk. */
  appended(firstRow: number, repeats: readonly number[]): void;
  /** The batch under way was not written, as a whole. */
  failed(error: AppError): void;
  /** Resolves when everything handed over is written, the times of the answers included. */
  drained(): Promise<void>;
}

/** The answers of a commit come within the same turn of the event loop; what is later is not waited for. */
const FINISH_DELAY_MS = 50;

/**
 * Group commit: what arrives in one turn of the event loop, or while a transaction is being written, goes into one
 * transaction. So the rate of deliveries does not depend on how fast the disk syncs, only their delay does.
 */
export function createAppendQueue(deps: { clock: Clock; send(batch: AppendBatch): void }): AppendQueue {
  let waiting: Waiting[] = [];
  let underWay: Waiting[] | null = null;
  let finished: FinishedCommit[] = [];
  let isScheduled = false;
  let finishTimer: NodeJS.Timeout | undefined;
  let whenDrained: (() => void) | undefined;

  function schedule(): void {
    if (isScheduled || underWay !== null) return;
    isScheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    isScheduled = false;
    clearTimeout(finishTimer);
    finishTimer = undefined;
    if (waiting.length === 0 && finished.length === 0) {
      whenDrained?.();
      return;
    }
    underWay = waiting;
    waiting = [];
    deps.send({ rows: underWay.map(toRowValues), bodies: pack(underWay), finished });
    finished = [];
  }

  function settleLater(commit: FinishedCommit): void {
    finished.push(commit);
    finishTimer ??= setTimeout(schedule, FINISH_DELAY_MS);
  }

  function done(): Waiting[] {
    const batch = underWay ?? [];
    underWay = null;
    if (waiting.length > 0) schedule();
    else if (whenDrained) setImmediate(flush);
    return batch;
  }

  return {
    append(delivery) {
      const { promise, resolve, reject } = Promise.withResolvers<Appended>();
      waiting.push({ delivery, resolve, reject });
      schedule();
      return promise;
    },
    appended(firstRow, repeats) {
      const batch = done();
      if (batch.length === 0) return;
      const committedAt = deps.clock.now();
      const commit = { firstRow, committedAt, answeredMs: new Float32Array(batch.length).fill(Number.NaN) };
      settleLater(commit);
      for (const [index, { delivery, resolve }] of batch.entries()) {
        const repeated = repeats[index] ?? 0;
        resolve({
          id: toId(firstRow + index),
          committedAt,
          ...(repeated > 0 && { duplicateOf: toId(repeated) }),
          answered(at) {
            if (at !== null) commit.answeredMs[index] = at - delivery.receivedAt;
          },
        });
      }
    },
    failed(error) {
      for (const { reject } of done()) reject(error);
    },
    async drained() {
      const { promise, resolve } = Promise.withResolvers<void>();
      whenDrained = resolve;
      // One turn for the answers that go out right now, so that their times are kept too.
      setImmediate(() => underWay === null && flush());
      await promise;
    },
  };
}

function toRowValues({ delivery }: Waiting): BatchRow {
  return {
    receivedAt: delivery.receivedAt,
    lastByteAt: delivery.lastByteAt,
    verifiedAt: delivery.verifiedAt,
    source: delivery.source,
    originRow: delivery.originId === undefined ? null : toRow(delivery.originId),
    method: delivery.method,
    path: delivery.path,
    type: delivery.type,
    detail: delivery.detail ?? null,
    emittedAt: delivery.emittedAt ?? null,
    videoId: delivery.subject.videoId ?? null,
    liveStreamId: delivery.subject.liveStreamId ?? null,
    state: delivery.verification.state,
    cause: delivery.verification.cause ?? null,
    webhookId: delivery.webhookId ?? null,
    status: delivery.status,
    incomplete: delivery.incomplete ?? null,
    headers: JSON.stringify(delivery.rawHeaders),
    bodyBytes: delivery.body.byteLength,
  };
}

/** One buffer for the whole batch, moved to the worker: bodies are slices of large pools that must not be cloned. */
function pack(batch: readonly Waiting[]): Uint8Array<ArrayBuffer> {
  const total = batch.reduce((sum, { delivery }) => sum + delivery.body.byteLength, 0);
  const packed = new Uint8Array(total);
  let offset = 0;
  for (const { delivery } of batch) {
    packed.set(delivery.body, offset);
    offset += delivery.body.byteLength;
  }
  return packed;
}
