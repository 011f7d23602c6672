import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { AppError } from "#shared/errors.ts";
import { describeBug } from "../lib/describe-bug.ts";
import { keepEnvironmentOutOfReports } from "../lib/keep-environment-out.ts";
import type { AppendBatch } from "./append-batch.ts";
import { createDatabase, type Database } from "./database.ts";
import { explainOpening, storeDamaged, storeFull } from "./open-database.ts";
import type { FromWorker, ToWorker, WireError, WorkerStart } from "./store-messages.ts";

/**
 * Slices of housekeeping and the pauses between them: eager while nothing else is to do; while deliveries come in, they
 * lose a fortieth of the time at most, and none waits long.
 */
const IDLE = { pauseMs: 1, sliceMs: 4 };
const BUSY = { pauseMs: 40, sliceMs: 1 };

const port = parentPort;
if (port === null) throw new Error("This file runs as a worker of the store.");
keepEnvironmentOutOfReports();

// The one who starts this worker is store-thread.ts, with these very data.
const { dataDir, limits } = workerData as WorkerStart;
try {
  const database = createDatabase(dataDir, limits);
  serve(database);
  send({ kind: "ready", counts: database.counts });
} catch (error) {
  send({ kind: "start-failed", error: toWire(explainOpening(error, dataDir)) });
}

function serve(database: Database): void {
  let timer: NodeJS.Timeout | undefined;
  let pace = IDLE;
  let hasAppended = false;

  function workSoon(): void {
    timer ??= setTimeout(work, pace.pauseMs);
  }

  function work(): void {
    timer = undefined;
    try {
      pace = hasAppended ? BUSY : IDLE;
      hasAppended = false;
      const { removed, more } = database.work(pace.sliceMs);
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
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return { app: storeDamaged(dataDir).toBody() };
  if (error instanceof AppError) return { app: error.toBody() };
  return { bug: describeBug(error) };
}
