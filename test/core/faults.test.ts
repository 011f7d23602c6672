import { describe, expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { type StartedEngine, startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** The attempts of a delivery, once there are so many. */
async function attemptsOf({ client }: StartedEngine, id: string, count: number) {
  return await vi.waitFor(
    async () => {
      const { attempts } = await client.call("deliveries.get", { id });
      expect(attempts).toHaveLength(count);
      return attempts;
    },
    { timeout: 5_000 },
  );
}

describe("a fault on demand", () => {
  it("is put into forwards, and marked on each attempt, also after a restart", async () => {
    await using receiver = await startReceiver();
    using dir = tempDir();
    const options = { connect: false, flags: { forwardTo: receiver.url }, dataDir: dir.path };
    const mark = { kind: "change-byte", at: "middle", every: 1 };
    await using started = await startEngine(options);
    await started.client.call("faults.set", { fault: { kind: "change-byte" }, next: 1 });

    await sendDelivery(started.engine.listenerUrl, { secret: "s", body: Buffer.from("abcde") });
    const [attempt] = await attemptsOf(started, "d1", 1);
    await sendDelivery(started.engine.listenerUrl, { secret: "s", body: Buffer.from("abcde") });
    const [next] = await attemptsOf(started, "d2", 1);

    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(["abbde", "abcde"]);
    expect(attempt?.fault).toEqual(mark);
    expect(next).not.toHaveProperty("fault");
    const told = started.events.filter(({ name }) => name === "attempt.updated").map(({ payload }) => payload);
    expect(told).toMatchObject([{ deliveryId: "d1", fault: mark }, { deliveryId: "d2" }]);
    const { items } = await started.client.call("deliveries.list", {});
    expect(items.map(({ lastAttempt }) => lastAttempt?.fault)).toEqual([undefined, mark]);
    // What arrived is as it was.
    expect(await started.client.call("deliveries.body", { id: "d1" })).toMatchObject({
      base64: Buffer.from("abcde").toString("base64"),
    });
    await started[Symbol.asyncDispose]();

    await using again = await startEngine(options);
    expect((await again.client.call("deliveries.get", { id: "d1" })).attempts[0]?.fault).toEqual(mark);
  });

  it("that drops leaves an attempt which says that nothing was sent, and is no trouble of the target", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false, flags: { forwardTo: receiver.url } });
    await started.client.call("faults.set", { fault: { kind: "drop" }, next: null });

    await sendDelivery(started.engine.listenerUrl, {});

    const [attempt] = await attemptsOf(started, "d1", 1);
    expect(attempt).toMatchObject({
      kind: "forward",
      target: `${receiver.url}/`,
      ms: 0,
      outcome: { kind: "unreachable", reason: "dropped" },
      fault: { kind: "drop" },
    });
    expect(receiver.requests).toEqual([]);
    expect((await started.client.call("app.snapshot", {})).forwarding.trouble).toBeUndefined();
  });

  it("that duplicates leaves an attempt for each sending", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false, flags: { forwardTo: receiver.url } });
    await started.client.call("faults.set", { fault: { kind: "duplicate", times: 3 }, next: 1 });

    await sendDelivery(started.engine.listenerUrl, {});

    const attempts = await attemptsOf(started, "d1", 3);
    expect(attempts.map(({ fault }) => fault)).toMatchObject(Array(3).fill({ kind: "duplicate", times: 3 }));
    expect(receiver.requests).toHaveLength(3);
  });

  it("shows in the snapshot and as an event while it lives, and is gone after a restart", async () => {
    using dir = tempDir();
    const fault = { kind: "delay", ms: 600_000, every: 2 } as const;
    await using started = await startEngine({ connect: false, dataDir: dir.path });
    const changes = () => started.events.filter(({ name }) => name === "faults.changed").map(({ payload }) => payload);

    await started.client.call("faults.set", { fault, next: 5 });
    expect((await started.client.call("app.snapshot", {})).faults).toEqual({ fault, left: 5 });
    await vi.waitFor(() => expect(changes()).toEqual([{ fault, left: 5 }]));
    await started.client.call("faults.clear", {});
    expect((await started.client.call("app.snapshot", {})).faults).toBeNull();
    await vi.waitFor(() => expect(changes()).toEqual([{ fault, left: 5 }, null]));
    await started.client.call("faults.set", { fault, next: null });
    await started[Symbol.asyncDispose]();

    await using again = await startEngine({ connect: false, dataDir: dir.path });
    expect((await again.client.call("app.snapshot", {})).faults).toBeNull();
  });

  it("leaves replays alone", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await sendDelivery(started.engine.listenerUrl, {});
    await started.client.call("faults.set", { fault: { kind: "drop" }, next: null });

    const attempt = await started.client.call("replay.send", { id: "d1", target: receiver.url });

    expect(attempt).toMatchObject({ kind: "replay", outcome: { status: 200 } });
    expect(attempt).not.toHaveProperty("fault");
  });

  it.each([
    { kind: "delay", ms: 600_001 },
    { kind: "duplicate", times: 1 },
    { kind: "missing-header", name: "Content-Length" },
    { kind: "drop", every: 0 },
    { kind: "explode" },
  ])("that makes no sense is refused: %j", async (fault) => {
    await using started = await startEngine({ connect: false });

    // Not of the type, as what comes from outside need not be.
    const setting = started.client.call("faults.set", { fault: fault as { kind: "drop" }, next: null });

    await expect(setting).rejects.toMatchObject({ code: "input.invalid" });
  });
});
