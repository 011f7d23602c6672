import { describe, expect, it, vi } from "vitest";
import type { NewResult, RunDelivery } from "#core/lib/stored-run.ts";
import { type CarryOutDeps, carryOut } from "#core/runs/carry-out.ts";
import { READ_AHEAD } from "#core/runs/read-ahead.ts";
import { MAX_WAITING } from "#core/runs/result-writer.ts";
import type { AttemptOutcome } from "#shared/domain/attempt.ts";
import { NO_RESULTS, type RunOptions, type RunSummary } from "#shared/domain/run.ts";
import { AppError } from "#shared/errors.ts";

/** A run of `total` deliveries; what is asked for is counted, and what came of it kept. */
function world(total: number, options: Partial<RunOptions> = {}, more: Partial<CarryOutDeps<null>> = {}) {
  const counted = {
    read: 0,
    reads: 0,
    sent: 0,
    resolved: 0,
    written: [] as NewResult[],
    waits: [] as (number | null)[],
  };
  const run: RunSummary = {
    ...{ id: "b1", createdAt: "", startedAt: null, endedAt: null, state: "going", total, leftOut: 0, done: 0 },
    tally: NO_RESULTS,
    options: { target: "3000", order: "received", pacing: "asap", concurrency: 1, ...options },
  };
  const deliveryAt = (seq: number): RunDelivery => ({
    ...{
      seq,
      deliveryId: `d${seq}`,
      copy: 1,
      target: "3000",
      offsetMs: run.options.pacing === "asap" ? 0 : (seq - 1) * 1_000,
    },
    request: { method: "POST", path: "/", headers: [], body: new Uint8Array(10) },
  });
  const answered: AttemptOutcome = { kind: "answered", status: 200, headers: [], bodyBase64: "", bodyBytes: 0 };
  const deps: CarryOutDeps<null> = {
    clock: { now: () => Date.now() },
    toPath: (path) => path,
    async read(after) {
      counted.reads += 1;
      const count = Math.min(READ_AHEAD.deliveries, total - after);
      counted.read += count;
      return Array.from({ length: count }, (_, index) => deliveryAt(after + index + 1));
    },
    async write(results) {
      counted.written.push(...results);
    },
    sender: {
      async resolve() {
        counted.resolved += 1;
        return null;
      },
      async send() {
        counted.sent += 1;
        return { target: "", startedAt: Date.now(), ms: 1, outcome: answered };
      },
    },
    onWait: (until) => void counted.waits.push(until),
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    ...more,
  };
  return { counted, deps, run, answered };
}

/** Lets everything happen that needs no time to pass. */
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("carrying out a run", () => {
  it("reads no further ahead than two parts, however long the target takes", async () => {
    const abort = new AbortController();
    const { counted, deps, run } = world(10_000, { concurrency: 5 }, { abort: abort.signal });
    const hang = Promise.withResolvers<never>();
    deps.sender.send = () => {
      counted.sent += 1;
      return hang.promise;
    };
    const done = carryOut(run, deps);
    await vi.waitFor(() => expect(counted.sent).toBe(5));

    await new Promise(setImmediate);
    expect(counted.read).toBe(2 * READ_AHEAD.deliveries);
    abort.abort();
    hang.reject(new Error("aborted"));
    await done;
    expect(counted.written).toEqual([]);
  });

  it("sends nothing more while results cannot be written", async () => {
    const { counted, deps, run } = world(10_000, { concurrency: 50 });
    const disk = Promise.withResolvers<void>();
    let isStuck = true;
    deps.write = async (results) => {
      if (isStuck) await disk.promise;
      counted.written.push(...results);
    };
    const done = carryOut(run, deps);
    await vi.waitFor(() => expect(counted.sent).toBeGreaterThan(2 * MAX_WAITING));
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);

    // Those that wait to be written, those that are being written, and those that hold their place.
    expect(counted.sent).toBeLessThan(2 * MAX_WAITING + 2 * 50 + 1);
    isStuck = false;
    disk.resolve();
    await done;
    expect(counted.written).toHaveLength(10_000);
    expect(new Set(counted.written.map(({ seq }) => seq)).size).toBe(10_000);
  });

  it("looks its target up once every few seconds, not for each delivery", async () => {
    const { counted, deps, run } = world(1_000, { concurrency: 10 });
    await carryOut(run, deps);
    expect(counted.sent).toBe(1_000);
    expect(counted.resolved).toBe(1);
  });

  it("rejects with what the store says, and sends no more", async () => {
    const { counted, deps, run } = world(10_000);
    deps.write = () => Promise.reject(new AppError("store.full", "The disk is full."));

    await expect(carryOut(run, deps)).rejects.toMatchObject({ code: "store.full" });
    expect(counted.sent).toBeLessThan(10_000);

    const { deps: unreadable, run: other } = world(10);
    unreadable.read = () => Promise.reject(new AppError("store.unwritable", "It is gone."));
    await expect(carryOut(other, unreadable)).rejects.toMatchObject({ code: "store.unwritable" });
  });

  it("has a result for a request that HTTP does not know", async () => {
    const { counted, deps, run } = world(2);
    deps.sender.send = () => Promise.reject(new AppError("input.invalid", "No such method."));
    await carryOut(run, deps);
    expect(counted.written).toMatchObject([{ kind: "unsent", reason: "unsendable", message: "No such method." }, {}]);
  });
});

describe("the pace of a run", () => {
  it("counts from the start: what was late once does not make all others late", async () => {
    vi.useFakeTimers();
    try {
      const { deps, run, answered } = world(5, { pacing: { intervalMs: 1_000 } });
      const times: number[] = [];
      const start = Date.now();
      deps.sender.send = async () => {
        times.push(Date.now() - start);
        const ms = times.length === 2 ? 1_500 : 10;
        await new Promise((resolve) => setTimeout(resolve, ms));
        return { target: "", startedAt: Date.now(), ms, outcome: answered };
      };
      const done = carryOut(run, deps);
      await vi.advanceTimersByTimeAsync(10_000);
      await done;

      expect(times).toEqual([0, 1_000, 2_500, 3_000, 4_000]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("begins anew where it goes on, and is ended by a pause in the midst of a wait", async () => {
    vi.useFakeTimers();
    try {
      const stop = new AbortController();
      const { counted, deps, run } = world(5, { pacing: "original" }, { stop: stop.signal });
      const from = deps.read;
      // As after a pause: the first two have their results.
      deps.read = (after) => from(Math.max(2, after));
      const done = carryOut({ ...run, done: 2 }, deps);
      await settle();
      expect(counted.sent).toBe(1);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(counted.sent).toBe(2);

      stop.abort();
      await vi.advanceTimersByTimeAsync(100);
      await done;
      expect(counted.written.map(({ seq }) => seq)).toEqual([3, 4]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("waits days where they lie between, and says until when", async () => {
    vi.useFakeTimers();
    try {
      const { counted, deps, run } = world(2, { pacing: "original" });
      const days = 40 * 86_400_000;
      const from = deps.read;
      deps.read = async (after) => (await from(after)).map((one) => ({ ...one, offsetMs: (one.seq - 1) * days }));
      const start = Date.now();
      const done = carryOut(run, deps);
      await vi.advanceTimersByTimeAsync(days - 60_000);
      expect(counted.sent).toBe(1);
      expect(counted.waits).toEqual([start + days]);
      await vi.advanceTimersByTimeAsync(120_000);
      await done;
      expect(counted.sent).toBe(2);
      expect(counted.waits.at(-1)).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});
