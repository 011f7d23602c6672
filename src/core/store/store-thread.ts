import { Worker } from "node:worker_threads";
import { assertNever } from "#shared/assert-never.ts";
import type { DeliveryCounts } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { waitAtMost } from "../lib/wait-at-most.ts";
import { workerUrl } from "../lib/worker-url.ts";
import { type AppendQueue, createAppendQueue } from "./append-queue.ts";
import type { Limits } from "./database.ts";
import type { CallArgs, CallName, CallResult, FromWorker, ToWorker, WireError, WorkerStart } from "./store-messages.ts";

export interface StoreDeps {
  readonly dataDir: string;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
  /** Deliveries that retention took away. */
  onRemoved(ids: string[]): void;
  onCounts(counts: DeliveryCounts): void;
  /** The database's thread ended by itself: nothing can be kept any more. */
  onLost(error: AppError): void;
}

/** The thread that has the database, as the rest of the engine talks to it. */
export interface StoreThread extends AsyncDisposable {
  readonly counts: DeliveryCounts;
  readonly append: AppendQueue["append"];
  /** Has a function of the thread called; what is appended before it is on disk by then. */
  call<N extends CallName>(name: N, ...args: CallArgs<N>): Promise<CallResult<N>>;
}

/** How long the thread's own end is waited for, which takes a while where the processor is busy. */
const THREAD_END_MS = 5_000;

/** Starts the thread and waits until it has opened the database. Throws AppError as `openStore` does. */
export async function startStoreThread(deps: StoreDeps): Promise<StoreThread> {
  const workerData: WorkerStart = { dataDir: deps.dataDir, limits: deps.limits };
  const worker = new Worker(workerUrl(import.meta.url, "store-worker"), { workerData });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const ready = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let counts: DeliveryCounts = { total: 0, verified: 0, failed: 0, unsigned: 0, unchecked: 0, bytes: 0 };
  let nextCall = 0;
  let isClosing = false;
  let isReady = false;
  /** Why the thread is not there any more. */
  let lost: AppError | null = null;

  const queue = createAppendQueue({
    clock: deps.clock,
    send: (batch) => post({ kind: "append", batch }, [batch.bodies.buffer]),
  });

  function post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    worker.postMessage(message, transfer);
  }

  function setCounts(next: DeliveryCounts): void {
    const isChanged =
      next.total !== counts.total ||
      next.verified !== counts.verified ||
      next.failed !== counts.failed ||
      next.pinned !== counts.pinned;
    counts = next;
    if (isChanged) deps.onCounts(next);
  }

  function handle(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        counts = message.counts;
        isReady = true;
        ready.resolve();
        break;
      case "start-failed":
        ready.reject(fromWire(message.error, deps.log));
        break;
      case "appended":
        setCounts(message.counts);
        for (const { firstRow, repeats } of message.batches) queue.appended(firstRow, repeats);
        break;
      case "append-failed":
        failAppends(message.batches, fromWire(message.error, deps.log));
        break;
      case "reply":
        setCounts(message.counts);
        take(message.id)?.resolve(message.result);
        break;
      case "failed":
        take(message.id)?.reject(fromWire(message.error, deps.log));
        break;
      case "removed":
        setCounts(message.counts);
        deps.onRemoved(message.ids);
        break;
      case "closed":
        closed.resolve();
        break;
      default:
        assertNever(message);
    }
  }

  function failAppends(batches: number, error: AppError): void {
    for (let n = 0; n < batches; n++) queue.failed(error);
  }

  function take(id: number) {
    const caller = waiting.get(id);
    waiting.delete(id);
    return caller;
  }

  function end(cause: unknown): void {
    closed.resolve();
    if (lost !== null) return;
    lost = new AppError(
      "store.unwritable",
      "The database stopped working. Restart the app; what was acknowledged is safe.",
      { cause },
    );
    ready.reject(lost);
    queue.lost(lost);
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
    // Before it was open, whoever opens it is told.
    if (!isReady || isClosing) return;
    deps.log.error("store.lost", cause);
    deps.onLost(lost);
  }

  const exited = new Promise((resolve) => worker.once("exit", resolve));
  const threadEnd = async (): Promise<void> => {
    // Not terminated: it may be in the midst of letting go of SQLite. One that hangs keeps nobody from ending, because from
    // here on the process does not wait for it.
    if (!(await waitAtMost(THREAD_END_MS, exited))) worker.unref();
  };
  worker.on("message", handle);
  worker.on("error", end);
  worker.on("exit", (code) => end(new Error(`The store's thread ended with ${code}.`)));

  function call<N extends CallName>(name: N, ...args: CallArgs<N>): Promise<CallResult<N>> {
    // What is sent to a thread that ended goes nowhere, without a word.
    if (lost !== null) return Promise.reject(lost);
    queue.settle();
    nextCall += 1;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(nextCall, { resolve, reject });
    post({ kind: "call", id: nextCall, name, args });
    // The worker answers a call of this name with what its function of that name returns.
    return promise as Promise<CallResult<N>>;
  }

  try {
    await ready.promise;
  } catch (error) {
    isClosing = true;
    await threadEnd();
    throw error;
  }

  return {
    get counts() {
      return counts;
    },
    append: queue.append,
    call,
    async [Symbol.asyncDispose]() {
      isClosing = true;
      if (lost === null) {
        await queue.drained();
        post({ kind: "close" });
        await closed.promise;
      }
      await threadEnd();
    },
  };
}

function fromWire(error: WireError, log: Log): AppError {
  if ("app" in error) return AppError.fromBody(error.app);
  log.warn("store.failed", { error: error.bug });
  return new AppError(
    "store.unwritable",
    "The database failed. Look whether the disk, its quota and your rights let the data folder grow. Nothing is lost that was acknowledged; the log has the error.",
  );
}
