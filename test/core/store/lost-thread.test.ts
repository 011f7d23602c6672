import type { Worker } from "node:worker_threads";
import { describe, expect, it, vi } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { openStore } from "#core/store/store.ts";
import type { NewDelivery } from "#core/store/stored-delivery.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const STOPPED = { code: "store.unwritable", message: expect.stringContaining("The database stopped working") };

const DELIVERY: NewDelivery = {
  ...{ receivedAt: 1, lastByteAt: 1, verifiedAt: 1, source: "received", method: "POST", path: "/", rawHeaders: [] },
  ...{ body: Buffer.from("x"), type: null, subject: {}, verification: { state: "unsigned" }, status: 202 },
};

/** Runs `open` and answers, beside what it opened, the first thread that it started: the database's. */
async function withThread<T>(open: () => Promise<T>): Promise<readonly [T, Worker]> {
  const threads: Worker[] = [];
  const note = (thread: Worker) => threads.push(thread);
  process.on("worker", note);
  try {
    const opened = await open();
    const [thread] = threads;
    if (thread === undefined) throw new Error("No thread was started.");
    return [opened, thread];
  } finally {
    process.off("worker", note);
  }
}

async function open(dataDir: string) {
  const onLost = vi.fn();
  const [store, thread] = await withThread(() =>
    openStore({
      ...{ dataDir, limits: { maxDeliveries: 100, maxBytes: 2 ** 31 }, clock: createClock(), log: silentLog() },
      ...{ onRemoved() {}, onCounts() {}, onLost },
    }),
  );
  return { store, thread, onLost };
}

describe("a database whose thread died", () => {
  it("refuses what is asked of it from then on, at once", async () => {
    using dir = tempDir();
    const { store, thread, onLost } = await open(dir.path);
    await thread.terminate();

    await expect(store.append(DELIVERY)).rejects.toMatchObject(STOPPED);
    await expect(store.readState("settings")).rejects.toMatchObject(STOPPED);
    await expect(store.list("words", {}, 10)).rejects.toMatchObject(STOPPED);

    expect(onLost).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(STOPPED));
    await store[Symbol.asyncDispose]();
  });

  it("can be closed, with answers that it was still to note", async () => {
    using dir = tempDir();
    const { store, thread } = await open(dir.path);
    const { answered } = await store.append(DELIVERY);

    answered(5);
    const closed = store[Symbol.asyncDispose]();
    await thread.terminate();

    await expect(closed).resolves.toBeUndefined();
  });

  it("lets deliveries be answered 503, so that they are sent again, and the app end", async () => {
    const [{ engine, client, ...started }, thread] = await withThread(() => startEngine());
    await thread.terminate();

    const answer = await fetch(engine.listenerUrl, { method: "POST", body: "x" });
    const { problems } = await client.call("app.snapshot", {});
    await started[Symbol.asyncDispose]();

    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).toBe("1");
    expect(problems).toContainEqual(expect.objectContaining({ id: "store" }));
  });
});
