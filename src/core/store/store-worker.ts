import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "#shared/errors.ts";
import { createDatabase, type Database } from "./database.ts";
import { storeFull } from "./open-database.ts";
import type { FromWorker, ToWorker, WireError, WorkerStart } from "./store-messages.ts";

/** Housekeeping waits this long after the last change, so that a burst of deliveries is written undisturbed. */
const QUIET_MS = 100;

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

  function workSoon(delayMs: number): void {
    timer ??= setTimeout(work, delayMs);
  }

  function work(): void {
    timer = undefined;
    try {
      const { removed, more } = database.work();
      if (removed.length > 0) send({ kind: "removed", ids: removed, counts: database.counts });
      // A pause between slices lets waiting deliveries go first.
      if (more) workSoon(1);
    } catch {
      // Housekeeping can wait (a full disk, say); it is tried again with the next change.
    }
  }

  function handle(message: ToWorker): void {
    switch (message.kind) {
      case "append":
        append(message);
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

  function append({ batch }: Extract<ToWorker, { kind: "append" }>): void {
    try {
      send({ kind: "appended", ...database.append(batch), counts: database.counts });
      workSoon(QUIET_MS);
    } catch (error) {
      send({ kind: "append-failed", error: toWire(error) });
    }
  }

  function call({ id, name, args }: Extract<ToWorker, { kind: "call" }>): void {
    try {
      // Name and arguments were typed together where the message was made.
      const result = (database.calls[name] as (...args: readonly unknown[]) => unknown)(...args);
      send({ kind: "reply", id, result, counts: database.counts });
      workSoon(QUIET_MS);
    } catch (error) {
      send({ kind: "failed", id, error: toWire(error) });
    }
  }

  port?.on("message", handle);
  workSoon(QUIET_MS);
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
