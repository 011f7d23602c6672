import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { AppError } from "#shared/errors.ts";
import type { AppendBatch } from "./append-batch.ts";
import { createDatabase, type Database } from "./database.ts";
import { storeFull } from "./open-database.ts";
import type { FromWorker, ToWorker, WireError, WorkerStart } from "./store-messages.ts";

/**
 * Pauses between slices of housekeeping: short while nothing else is to do, long while deliveries come in, so that they
 * lose a tenth of the time at most.
 */
const IDLE_PAUSE_MS = 1;
const BUSY_PAUSE_MS = 40;

const port = parentPort;
if (port === null) throw new Error("This file runs as a worker of the store.");

// The one who starts this worker is store.ts, with these very data.
const { dataDir, limits } = workerData as WorkerStart;
try {
  const database = createDatabase(dataDir, limits);
  serve(database);
  send({ kind: "ready", counts: database.counts });
} catch (error) {
  send({ kind: "start-failed", error: toWire(error) });
}

function serve(database: Database): void {
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let hasAppended = false;

  function workSoon(): void {
    timer ??= setTimeout(work, isBusy ? BUSY_PAUSE_MS : IDLE_PAUSE_MS);
  }

  function work(): void {
    timer = undefined;
    try {
      isBusy = hasAppended;
      hasAppended = false;
      const { removed, more } = database.work();
      if (removed.length > 0) send({ kind: "removed", ids: removed, counts: database.counts });
      if (more) workSoon();
    } catch {
      // Housekeeping can wait (a full disk, say); it is tried again with the next change.
    }
  }

  function handle(message: ToWorker): void {
    switch (message.kind) {
      case "append":
        append(message.batch);
        break;
      case "call":
        call(message);
        break;
      case "close":
        clearTimeout(timer);
        database.close();
        send({ kind: "closed" });
        port?.close();
    }
  }

  /** Writes this batch and all that already wait behind it, in one transaction; then does what came after them. */
  function append(first: AppendBatch): void {
    const batches = [first];
    let next: ToWorker | undefined;
    while (next === undefined) {
      const received: { message: ToWorker } | undefined = port ? receiveMessageOnPort(port) : undefined;
      if (received === undefined) break;
      if (received.message.kind === "append") batches.push(received.message.batch);
      else next = received.message;
    }
    try {
      send({ kind: "appended", batches: database.append(batches), counts: database.counts });
      hasAppended = true;
      workSoon();
    } catch (error) {
      send({ kind: "append-failed", batches: batches.length, error: toWire(error) });
    }
    if (next !== undefined) handle(next);
  }

  function call({ id, name, args }: Extract<ToWorker, { kind: "call" }>): void {
    try {
      // Name and arguments were typed together where the message was made.
      const result = (database.calls[name] as (...args: readonly unknown[]) => unknown)(...args);
      send({ kind: "reply", id, result, counts: database.counts });
      workSoon();
    } catch (error) {
      send({ kind: "failed", id, error: toWire(error) });
    }
  }

  port?.on("message", handle);
  workSoon();
}

function send(message: FromWorker): void {
  port?.postMessage(message);
}

function toWire(error: unknown): WireError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "SQLITE_FULL") return { app: storeFull(undefined).toBody() };
  if (error instanceof AppError) return { app: error.toBody() };
  return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
