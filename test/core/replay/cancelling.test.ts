import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { ReplayerDeps } from "#core/replay/replayer.ts";
import { startRawTarget } from "./raw-target.ts";
import { replayerFixture } from "./replayer-fixture.ts";
import { send } from "./send.ts";

/** A target that keeps what comes waiting, after the bytes given. */
async function startHoldingTarget(before = "") {
  const arrived = Promise.withResolvers<Socket>();
  const target = await startRawTarget({
    onRequest(socket) {
      socket.write(before);
      arrived.resolve(socket);
    },
  });
  return { ...target, arrived: arrived.promise, [Symbol.asyncDispose]: () => target[Symbol.asyncDispose]() };
}

/** However it closes: torn down is as good as ended. */
function closeOf(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once("close", () => resolve());
  return promise;
}

/** A step that says when it is reached and then takes until it is let go. */
function heldStep<T>() {
  const reached = Promise.withResolvers<void>();
  const { promise, resolve } = Promise.withResolvers<T>();
  return {
    reached: reached.promise,
    resolve,
    step(): Promise<T> {
      reached.resolve();
      return promise;
    },
  };
}

const CANCELLED = new Error("The user gave up.");

describe("a sending that is cancelled", () => {
  it.each([
    ["before the answer", ""],
    ["within the head", "HTTP/1.1 200 OK\r\nContent-Le"],
  ])("%s ends the connection and throws the reason", async (_case, before) => {
    await using target = await startHoldingTarget(before);
    const cancelling = new AbortController();
    const sending = send(target.url, { options: { signal: cancelling.signal } });
    const socket = await target.arrived;
    const closed = closeOf(socket);

    cancelling.abort(CANCELLED);

    await expect(sending).rejects.toBe(CANCELLED);
    await closed;
  });

  it("within the body ends the connection and throws the reason", async () => {
    const read = Promise.withResolvers<Socket>();
    await using target = await startRawTarget({
      onRequest(socket) {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        // Far more than fits between the two ends: when it is gone, most of it was read.
        socket.write(Buffer.alloc(32 * 1024 * 1024), () => read.resolve(socket));
      },
    });
    const cancelling = new AbortController();
    const sending = send(target.url, { options: { signal: cancelling.signal } });
    const closed = closeOf(await read.promise);

    cancelling.abort(CANCELLED);

    await expect(sending).rejects.toBe(CANCELLED);
    await closed;
  });

  it("before it began connects to nothing", async () => {
    await using target = await startRawTarget();

    const sending = send(target.url, { options: { signal: AbortSignal.abort(CANCELLED) } });

    await expect(sending).rejects.toBe(CANCELLED);
    expect(target.connections()).toBe(0);
  });
});

describe("a replay that is cancelled", () => {
  it("under way leaves no attempt", async () => {
    await using target = await startHoldingTarget();
    await using fixture = replayerFixture();
    const cancelling = new AbortController();
    const replaying = fixture.replayer.replay("d1", target.url, cancelling.signal);
    await target.arrived;

    cancelling.abort(CANCELLED);

    await expect(replaying).rejects.toBe(CANCELLED);
    expect([fixture.recorded, fixture.told]).toEqual([[], []]);
  });

  it("does not end another one", async () => {
    await using target = await startHoldingTarget();
    await using fixture = replayerFixture({ d1: {}, d2: {} });
    const cancelling = new AbortController();
    const other = fixture.replayer.replay("d2", target.url);
    const socket = await target.arrived;
    const replaying = fixture.replayer.replay("d1", target.url, cancelling.signal);

    cancelling.abort(CANCELLED);
    await expect(replaying).rejects.toBe(CANCELLED);
    socket.end("HTTP/1.1 204 No Content\r\n\r\n");

    expect(await other).toMatchObject({ deliveryId: "d2", outcome: { status: 204 } });
  });

  it("while its name is looked up does not wait for the name server", async () => {
    const { step: lookup, reached } = heldStep<string[]>();
    await using fixture = replayerFixture({ d1: {} }, { lookup, allowedTargets: () => ["dev.test"] });
    const cancelling = new AbortController();
    const replaying = fixture.replayer.replay("d1", "http://dev.test", cancelling.signal);
    await reached;

    cancelling.abort(CANCELLED);

    await expect(replaying).rejects.toBe(CANCELLED);
    expect(fixture.recorded).toEqual([]);
  });

  it.each([
    ["leads nowhere", []],
    ["leads to this machine", ["127.0.0.1"]],
  ])("while its delivery is read leaves no attempt where its name %s", async (_case, addresses) => {
    await using target = await startRawTarget();
    const { step: load, reached, resolve } = heldStep<Awaited<ReturnType<ReplayerDeps["load"]>>>();
    await using fixture = replayerFixture(
      {},
      { load, lookup: async () => addresses, allowedTargets: () => ["dev.test"] },
    );
    const cancelling = new AbortController();
    const replaying = fixture.replayer.replay("d1", `http://dev.test:${target.port}`, cancelling.signal);
    await reached;

    cancelling.abort(CANCELLED);
    resolve({ method: "POST", path: "/", headers: [], body: Buffer.from("{}") });

    await expect(replaying).rejects.toBe(CANCELLED);
    expect(fixture.recorded).toEqual([]);
    expect(target.connections()).toBe(0);
  });
});
