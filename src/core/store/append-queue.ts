import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { memoryOf } from "../lib/memory-of.ts";
import type { AppendBatch, BatchRow, FinishedCommit } from "./append-batch.ts";
import { elapsedMs, type NewDelivery, toId, toRow } from "./stored-delivery.ts";

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
  /** What it takes of the memory. */
  readonly bytes: number;
  resolve(appended: Appended): void;
  reject(error: AppError): void;
}

export interface AppendQueue {
  /** Rejects with AppError `store.busy` where too much waits for the disk already, and with what kept it from being written. */
  append(delivery: NewDelivery): Promise<Appended>;
  /** The oldest batch under way is on disk. */
  appended(firstRow: number, repeats: readonly number[]): void;
  /** The oldest batch under way was not written, as a whole. */
  failed(error: AppError): void;
  /** Nothing will be written any more: everything that waits fails, and everything that comes. */
  lost(error: AppError): void;
  /** Sends the times of answers that went out, so that what is asked of the store next knows them. */
  settle(): void;
  /** Resolves when everything handed over is written, the times of the answers included. */
  drained(): Promise<void>;
}

/** The times of answers travel with the next deliveries; where none come, after this. */
const FINISH_DELAY_MS = 50;

/**
 * Rows that go to the thread without waiting for the end of the turn. In a burst the thread then writes the first ones
 * while the rest is still being read; with one message per turn, each of the two would wait for the other.
 */
const ROWS_AT_ONCE = 16;

/** What all that waits for the disk may take of the memory; one delivery alone always may. */
const MAX_WAITING_BYTES = 128 * 1024 * 1024;
/** Of a delivery beside its texts and bytes: request, answer and promises; 6 400 were measured where Node's server reads it. */
const BYTES_PER_DELIVERY = 8_192;

export interface AppendQueueDeps {
  readonly clock: Clock;
  readonly maxWaitingBytes?: number;
  send(batch: AppendBatch): void;
}

/**
 * Group commit, this side of it: what arrives in one turn of the event loop goes to the store's thread in a message or
 * few, and the thread writes all messages that wait for it in one transaction. So reading goes on while the disk syncs,
 * and the rate of deliveries does not depend on how fast it does, only their delay.
 */
export function createAppendQueue(deps: AppendQueueDeps): AppendQueue {
  const { maxWaitingBytes = MAX_WAITING_BYTES } = deps;
  let waiting: Waiting[] = [];
  /** Of what waits and of what is under way. */
  let waitingBytes = 0;
  const underWay: Waiting[][] = [];
  let finished: FinishedCommit[] = [];
  let isScheduled = false;
  let finishTimer: NodeJS.Timeout | undefined;
  let whenDrained: (() => void) | undefined;
  let lostBy: AppError | undefined;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    isScheduled = false;
    clearTimeout(finishTimer);
    finishTimer = undefined;
    if (lostBy === undefined && (waiting.length > 0 || finished.length > 0)) {
      deps.send({ rows: waiting.map(toRowValues), bodies: pack(waiting), finished });
      underWay.push(waiting);
      waiting = [];
      finished = [];
    } else if (underWay.length === 0) {
      whenDrained?.();
    }
  }

  function finish(commit: FinishedCommit): void {
    finished.push(commit);
    finishTimer ??= setTimeout(schedule, FINISH_DELAY_MS);
  }

  function takeOldest(): Waiting[] {
    // Somebody waits for the end: go round until nothing is left.
    if (whenDrained) schedule();
    const oldest = underWay.shift() ?? [];
    for (const { bytes } of oldest) waitingBytes -= bytes;
    return oldest;
  }

  function failed(error: AppError): void {
    for (const { reject } of takeOldest()) reject(error);
  }

  return {
    append(delivery) {
      if (lostBy !== undefined) return Promise.reject(lostBy);
      const bytes = bytesOf(delivery);
      if (waitingBytes > 0 && waitingBytes + bytes > maxWaitingBytes) return Promise.reject(storeBusy());
      const { promise, resolve, reject } = Promise.withResolvers<Appended>();
      waitingBytes += bytes;
      waiting.push({ delivery, bytes, resolve, reject });
      if (waiting.length >= ROWS_AT_ONCE) flush();
      else schedule();
      return promise;
    },
    appended(firstRow, repeats) {
      const batch = takeOldest();
      if (batch.length === 0) return;
      const committedAt = deps.clock.now();
      const commit = { firstRow, committedAt, answeredMs: new Float32Array(batch.length).fill(Number.NaN) };
      let unanswered = batch.length;
      batch.forEach(({ delivery, resolve }, index) => {
        const repeated = repeats[index] ?? 0;
        resolve({
          id: toId(firstRow + index),
          committedAt,
          ...(repeated > 0 && { duplicateOf: toId(repeated) }),
          answered(at) {
            if (at !== null) commit.answeredMs[index] = elapsedMs(delivery.receivedAt, at);
            unanswered -= 1;
            if (unanswered === 0) finish(commit);
          },
        });
      });
    },
    failed,
    lost(error) {
      lostBy = error;
      underWay.push(waiting);
      waiting = [];
      while (underWay.length > 0) failed(error);
    },
    settle() {
      if (finished.length > 0) flush();
    },
    async drained() {
      const { promise, resolve } = Promise.withResolvers<void>();
      whenDrained = resolve;
      schedule();
      await promise;
    },
  };
}

/** Everything counts twice: as it came, and as the copy that goes to the thread. */
function bytesOf({ body, path, rawHeaders }: NewDelivery): number {
  return 2 * (body.byteLength + path.length + memoryOf(rawHeaders)) + BYTES_PER_DELIVERY;
}

function storeBusy(): AppError {
  return new AppError("store.busy", "The disk is too slow: more deliveries wait for it than can be kept in memory.", {
    retryable: true,
  });
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
