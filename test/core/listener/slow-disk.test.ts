import { describe, expect, it, vi } from "vitest";
import { createArrivals } from "#core/arrivals.ts";
import { createCapture } from "#core/capture.ts";
import { createEventBus } from "#core/event-bus.ts";
import { createClock } from "#core/lib/clock.ts";
import { createProblems } from "#core/problems.ts";
import type { AppendBatch } from "#core/store/append-batch.ts";
import { createAppendQueue } from "#core/store/append-queue.ts";
import { watchStorage } from "#core/watch-storage.ts";
import { AppError } from "#shared/errors.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { startTestListener } from "./start-test-listener.ts";

const clock = createClock();

const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });

/** Listener, capture and queue as the engine has them, before a thread that writes only when the test says so. */
async function startOnSlowDisk(maxWaitingBytes: number) {
  const batches: AppendBatch[] = [];
  const problems = createProblems(createEventBus(silentLog()));
  const queue = createAppendQueue({ clock, maxWaitingBytes, send: (batch) => void batches.push(batch) });
  const capture = createCapture({
    ...{ clock, arrivals: createArrivals(), append: watchStorage(queue.append, problems) },
    verify: () => ({ state: "unsigned" }),
    answers: { isNeeded: () => false, decide: () => Promise.reject(new Error("Nobody asked.")) },
    isTrusted: () => false,
    ...{ publish() {}, keepAnswer() {}, forward() {}, onCaptured() {} },
  });
  const listener = await startTestListener({ capture });
  let row = 1;
  return {
    ...listener,
    problems,
    waiting: () => batches.reduce((sum, { rows }) => sum + rows.length, 0),
    /** What the thread says when all that waits is on disk. */
    writeAll() {
      for (const { rows } of batches.splice(0)) {
        queue.appended(
          row,
          rows.map(() => 0),
        );
        row += rows.length;
      }
    },
    post: (bytes: number) => fetch(listener.url, { method: "POST", body: "x".repeat(bytes) }),
  };
}

describe("a disk that cannot keep up", () => {
  it("has deliveries turned away that would not fit into memory, and takes them again once it has caught up", async () => {
    await using disk = await startOnSlowDisk(500_000);

    const first = [disk.post(100_000), disk.post(100_000)];
    await soon(() => expect(disk.waiting()).toBe(2));
    const refused = await disk.post(100_000);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("Retry-After")).toBe("1");
    expect(disk.problems.list()).toMatchObject([{ id: "storage", title: expect.stringContaining("too slow") }]);

    disk.writeAll();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([202, 202]);
    expect(disk.problems.list()).toEqual([]);
    const again = disk.post(100_000);
    await soon(() => expect(disk.waiting()).toBe(1));
    disk.writeAll();
    expect((await again).status).toBe(202);
  });

  it("counts what many small ones take beside their bodies", async () => {
    await using disk = await startOnSlowDisk(80_000);

    const answers = Array.from({ length: 20 }, () => disk.post(1));
    let refused = 0;
    for (const answer of answers) void answer.then(({ status }) => (refused += status === 503 ? 1 : 0));
    await soon(() => expect(disk.waiting() + refused).toBe(20));

    expect(refused).toBeGreaterThan(10);
    expect(disk.waiting()).toBeGreaterThan(3);
    disk.writeAll();
    expect((await Promise.all(answers)).filter(({ status }) => status === 202)).toHaveLength(20 - refused);
  });

  it("takes one delivery that is larger than the room for all, while no other waits", async () => {
    await using disk = await startOnSlowDisk(1_000);

    const large = disk.post(1_000_000);
    await soon(() => expect(disk.waiting()).toBe(1));
    disk.writeAll();

    expect((await large).status).toBe(202);
  });

  it("makes room as well where nothing could be written", async () => {
    const sent: AppendBatch[] = [];
    const queue = createAppendQueue({ clock, maxWaitingBytes: 10_000, send: (batch) => void sent.push(batch) });
    const delivery = {
      ...({ receivedAt: 1, lastByteAt: 1, verifiedAt: 1, source: "received", method: "POST", path: "/" } as const),
      ...{ type: null, subject: {}, status: 202, rawHeaders: [], body: Buffer.alloc(4_000) },
      verification: { state: "unsigned" },
    } as const;

    const first = queue.append(delivery);
    await expect(queue.append(delivery)).rejects.toMatchObject({ code: "store.busy", retryable: true });
    await soon(() => expect(sent).toHaveLength(1));
    const { code } = await queue.append(delivery).catch((error) => error);
    queue.failed(new AppError("store.full", "full"));
    await expect(first).rejects.toThrow("full");
    const third = queue.append(delivery);
    await soon(() => expect(sent).toHaveLength(2));
    queue.appended(1, [0]);

    expect(code).toBe("store.busy");
    expect(await third).toMatchObject({ id: "d1" });
  });
});
