import { describe, expect, it, vi } from "vitest";
import { startReceiver } from "../../helpers/receiver.ts";
import { capture, resultsOf, run, runIn, startRun } from "../../helpers/runs.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { startGate } from "./gate.ts";

const bodyNumbers = (requests: readonly { body: Buffer }[]) =>
  requests.map(({ body }) => Number(JSON.parse(body.toString()).n));

describe("a run", () => {
  it("sends what a search finds in the order of its receipt, marked as replays, and keeps what came of each", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 5);

    const done = await run(started, { query: "-n=3", target: receiver.url });

    expect(bodyNumbers(receiver.requests)).toEqual([1, 2, 4, 5]);
    const marks = receiver.requests.map(
      ({ rawHeaders }) => rawHeaders[rawHeaders.indexOf("X-Inspector-Replay-Of") + 1],
    );
    expect(marks).toEqual(["d1", "d2", "d4", "d5"]);
    expect(done).toMatchObject({ id: "b1", total: 4, done: 4, tally: { accepted: 4, first: 4 } });
    expect(done.options).toMatchObject({ query: "-n=3", target: receiver.url, order: "received", concurrency: 1 });
    const results = await resultsOf(started, done.id);
    expect(results.map(({ deliveryId, outcome, status, verdict }) => [deliveryId, outcome, status, verdict])).toEqual(
      ["d1", "d2", "d4", "d5"].map((id) => [id, "accepted", 200, "first"]),
    );
    const { attempts } = await started.client.call("deliveries.get", { id: "d1" });
    expect(attempts).toMatchObject([{ id: results[0]?.attemptId, kind: "replay", runId: "b1" }]);
  });

  it("sends chosen deliveries once each, and leaves out what is gone", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 3);
    await started.client.call("deliveries.delete", { ids: ["d2"] });

    const done = await run(started, { ids: ["d3", "d2", "d1", "d3", "d99"], target: receiver.url });

    expect(bodyNumbers(receiver.requests)).toEqual([1, 3]);
    expect(done).toMatchObject({ total: 2, leftOut: 2 });
  });

  it("is not made where there is nothing to send, no target, no such target or no such baseline", async () => {
    await using started = await startEngine({ connect: false });
    const target = "http://127.0.0.1:1";
    await expect(startRun(started, { target })).rejects.toMatchObject({ code: "input.invalid" });
    await capture(started, 1);
    await expect(startRun(started, { query: "type:", target })).rejects.toMatchObject({ code: "input.invalid" });
    await expect(startRun(started, {})).rejects.toMatchObject({ code: "replay.no_target" });
    await expect(startRun(started, { target: "ftp://x" })).rejects.toMatchObject({ code: "input.invalid" });
    await expect(startRun(started, { target, baseline: "b7" })).rejects.toMatchObject({ code: "run.not_found" });
    await expect(started.client.call("replay.batch", { ids: ["d1"], query: "", target })).rejects.toMatchObject({
      code: "input.invalid",
    });
    expect((await started.client.call("runs.list", {})).runs).toEqual([]);
  });

  it("can be shuffled: each once, in an order that is drawn for the run", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 20);

    const { options } = await run(started, { target: receiver.url, order: "shuffled" });

    const numbers = bodyNumbers(receiver.requests);
    expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(20);
    expect(options.seed).toBeTypeOf("number");
  });

  it("has as many on their way as it was told, and never more", async () => {
    await using gate = await startGate();
    await using started = await startEngine({ connect: false });
    await capture(started, 9);

    const id = await startRun(started, { target: gate.url, concurrency: 3 });
    for (let answered = 0; answered < 9; answered++) {
      await vi.waitFor(() => expect(gate.waiting()).toBe(Math.min(3, 9 - answered)));
      gate.answerOne();
    }

    await runIn(started, id);
    expect(gate.most()).toBe(3);
  });

  it("tells of its progress in few events, which carry what changed", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 60);

    await run(started, { target: receiver.url, concurrency: 4 });

    const told = started.events.filter((event) => event.name === "run.progressed");
    expect(told.length).toBeLessThan(20);
    expect(told.at(-1)?.payload).toMatchObject({ run: { state: "done", done: 60 } });
    expect(started.events.filter(({ name }) => name === "attempt.updated")).toEqual([]);
    const attempts = told.flatMap(({ payload }) => payload.attempts);
    expect(attempts.length).toBeGreaterThan(0);
  });

  it("waits while another one goes, and goes when that is over", async () => {
    await using gate = await startGate();
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);
    const first = await startRun(started, { target: gate.url });
    await vi.waitFor(() => expect(gate.waiting()).toBe(1));

    const second = await startRun(started, { target: receiver.url });

    expect(await started.client.call("runs.get", { id: second })).toMatchObject({ state: "waiting", done: 0 });
    await started.client.call("replay.cancel", { batchId: first });
    expect(await runIn(started, second)).toMatchObject({ done: 2 });
  });
});

describe("pausing a run", () => {
  it("lets what is under way end, starts nothing more, and goes on with the rest", async () => {
    await using gate = await startGate();
    await using started = await startEngine({ connect: false });
    await capture(started, 5);
    const batchId = await startRun(started, { target: gate.url, concurrency: 2 });
    await vi.waitFor(() => expect(gate.waiting()).toBe(2));

    expect(await started.client.call("replay.pause", { batchId })).toMatchObject({ state: "paused" });
    gate.answerOne();
    gate.answerOne();
    await vi.waitFor(async () => expect(await runIn(started, batchId, "paused")).toMatchObject({ done: 2 }));
    expect(gate.waiting()).toBe(0);

    await started.client.call("replay.resume", { batchId });
    gate.open();
    const done = await runIn(started, batchId);
    expect(done).toMatchObject({ done: 5, tally: { accepted: 5 } });
    expect(gate.ids()).toEqual(["d1", "d2", "d3", "d4", "d5"]);
  });

  it("is done where nothing is left, also when it is resumed before what is under way has ended", async () => {
    await using gate = await startGate();
    await using started = await startEngine({ connect: false });
    await capture(started, 1);
    const batchId = await startRun(started, { target: gate.url });
    await vi.waitFor(() => expect(gate.waiting()).toBe(1));

    await started.client.call("replay.pause", { batchId });
    expect(await started.client.call("replay.resume", { batchId })).toMatchObject({ state: "waiting" });
    gate.answerOne();

    await runIn(started, batchId);
    expect(gate.ids()).toEqual(["d1"]);
    await expect(started.client.call("replay.resume", { batchId })).rejects.toMatchObject({ code: "input.invalid" });
  });

  it("lets the next one go", async () => {
    await using gate = await startGate();
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 2);
    const first = await startRun(started, { target: gate.url });
    const second = await startRun(started, { target: receiver.url });
    await vi.waitFor(() => expect(gate.waiting()).toBe(1));

    await started.client.call("replay.pause", { batchId: second });
    await started.client.call("replay.pause", { batchId: first });
    await started.client.call("replay.resume", { batchId: second });
    gate.answerOne();

    await runIn(started, second);
    expect(await started.client.call("runs.get", { id: first })).toMatchObject({ state: "paused", done: 1 });
  });
});

describe("cancelling a run", () => {
  it("ends at once what is under way, keeps what there is, and is for good", async () => {
    await using gate = await startGate();
    await using started = await startEngine({ connect: false });
    await capture(started, 4);
    const batchId = await startRun(started, { target: gate.url, concurrency: 2 });
    await vi.waitFor(() => expect(gate.waiting()).toBe(2));
    gate.answerOne();
    await vi.waitFor(() => expect(gate.ids()).toHaveLength(3));

    const cancelled = await started.client.call("replay.cancel", { batchId });

    expect(cancelled).toMatchObject({ state: "cancelled", done: 1, total: 4 });
    expect(cancelled.endedAt).not.toBeNull();
    const outcomes = (await resultsOf(started, batchId)).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(["accepted", "waiting", "waiting", "waiting"]);
    await expect(started.client.call("replay.resume", { batchId })).rejects.toMatchObject({ code: "input.invalid" });
    expect(await started.client.call("replay.cancel", { batchId })).toEqual(cancelled);
  });

  it("is told of when all that came of it counts", async () => {
    await using gate = await startGate();
    await using started = await startEngine({ connect: false });
    await capture(started, 3);
    const batchId = await startRun(started, { target: gate.url });
    await vi.waitFor(() => expect(gate.waiting()).toBe(1));
    gate.answerOne();
    await vi.waitFor(() => expect(gate.ids()).toHaveLength(2), { interval: 1 });

    // The first result may not be written yet.
    const cancelling = started.client.call("replay.cancel", { batchId });
    const seen = await vi.waitUntil(
      async () => {
        const run = await started.client.call("runs.get", { id: batchId });
        return run.state === "cancelled" && run;
      },
      { interval: 1 },
    );

    expect(seen).toEqual(await cancelling);
    expect(seen).toMatchObject({ done: 1, tally: { accepted: 1 } });
  });
});

describe("runs that are kept", () => {
  it("can be named, removed and brought back, and are told of to others", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await capture(started, 1);
    const { id } = await run(started, { target: receiver.url });

    expect(await started.client.call("runs.rename", { id, name: " before the fix " })).toMatchObject({
      name: "before the fix",
    });
    await started.client.call("runs.remove", { id });
    expect((await started.client.call("runs.list", {})).runs).toEqual([]);
    await expect(started.client.call("runs.get", { id })).rejects.toMatchObject({ code: "run.not_found" });
    expect(started.events.at(-1)).toMatchObject({ name: "run.removed", payload: { id } });

    await started.client.call("runs.restore", { id });
    expect((await started.client.call("runs.list", {})).runs).toMatchObject([{ id, name: "before the fix", done: 1 }]);
  });

  it("are there again after a restart; what was going is paused and goes on when asked to", async () => {
    await using gate = await startGate();
    await using first = await startEngine({ connect: false });
    await capture(first, 3);
    const { dataDir } = first;
    const id = await startRun(first, { target: gate.url });
    await vi.waitFor(() => expect(gate.waiting()).toBe(1));
    const waiting = await startRun(first, { target: gate.url, order: "shuffled" });
    await first.engine[Symbol.asyncDispose]();

    await using again = await startEngine({ connect: false, dataDir });

    for (const run of [id, waiting]) {
      expect(await again.client.call("runs.get", { id: run })).toMatchObject({ state: "paused", done: 0 });
    }
    expect((await again.client.call("runs.get", { id })).trouble).toContain("The app ended while it was going");
    gate.open();
    await again.client.call("replay.resume", { batchId: id });
    const done = await runIn(again, id);
    expect(done.trouble).toBeUndefined();
    expect(gate.ids()).toEqual(["d1", "d1", "d2", "d3"]);
  });
});
