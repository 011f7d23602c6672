import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { type RawTargetOptions, startRawTarget } from "./raw-target.ts";
import { replayerFixture } from "./replayer-fixture.ts";
import { send } from "./send.ts";

async function outcomeAt(options: RawTargetOptions, changes: Parameters<typeof send>[1] = {}) {
  await using target = await startRawTarget(options);

  const { outcome } = await send(target.url, changes);

  return { outcome, host: new URL(target.url).host };
}

/** Nothing listens there; a port that was just given back may be another test's by now. */
const FREE_PORT = 1;

describe("a target without an answer", () => {
  it("is told as refused where nothing listens", async () => {
    const { outcome } = await send(`http://127.0.0.1:${FREE_PORT}`);

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "refused" });
    expect(outcome).toHaveProperty("message", expect.stringContaining(`Nothing listens on 127.0.0.1:${FREE_PORT}.`));
  });

  it("is told as refused where none of several addresses listens", async () => {
    const { outcome } = await send(`http://localhost:${FREE_PORT}`, { addresses: ["::1", "127.0.0.1"] });

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "refused" });
    expect(outcome).toHaveProperty("message", expect.stringContaining(`Nothing listens on localhost:${FREE_PORT}.`));
  });

  it("is told as refused where there is no way to its address", async () => {
    // Broadcast: no connection leads there, on any network.
    const { outcome } = await send("http://dev.test:3000", { addresses: ["255.255.255.255"], isLoopback: false });

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "refused" });
    expect(outcome).toHaveProperty("message", expect.stringContaining("This machine has no way to dev.test:3000"));
  });

  it("is told to have nothing that listens where one address has no way and the other refuses", async () => {
    const { outcome } = await send(`http://dev.test:${FREE_PORT}`, { addresses: ["255.255.255.255", "127.0.0.1"] });

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "refused" });
    expect(outcome).toHaveProperty("message", expect.stringContaining(`Nothing listens on dev.test:${FREE_PORT}.`));
  });

  it.each<[string, RawTargetOptions]>([
    ["closes before it reads", { onConnection: (socket) => socket.destroy() }],
    ["resets before it reads", { onConnection: (socket) => socket.resetAndDestroy() }],
    ["closes after it read", { onRequest: (socket) => socket.end() }],
    ["resets after it read", { onRequest: (socket) => socket.resetAndDestroy() }],
    ["closes within the head", { onRequest: (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Le") }],
    ["closes after a mere 100", { onRequest: (socket) => socket.end("HTTP/1.1 100 Continue\r\n\r\n") }],
  ])("is told as reset where it %s", async (_case, options) => {
    const { outcome, host } = await outcomeAt(options);

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "reset" });
    expect(outcome).toHaveProperty("message", expect.stringContaining(`${host} closed the connection`));
  });

  it.each<[string, (socket: Socket) => void]>([
    ["says nothing", () => {}],
    ["stops within the head", (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Le")],
    ["says 100 and no more", (socket) => socket.write("HTTP/1.1 100 Continue\r\n\r\n")],
  ])("is told as timed out where it %s", async (_case, onRequest) => {
    const { outcome, host } = await outcomeAt({ onRequest }, { options: { timeoutMs: 100 } });

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "timeout" });
    expect(outcome).toHaveProperty("message", expect.stringContaining(`${host} did not answer in time`));
  });

  it.each([
    ["something else", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["a line that is nearly right", "HTTP/1.1 OK\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokay"],
    ["a head without an end", `HTTP/1.1 200 OK\r\n${"X-Flood: 0123456789\r\n".repeat(4_000)}`],
  ])("is told as not speaking HTTP where it answers %s", async (_case, bytes) => {
    const { outcome, host } = await outcomeAt({ onRequest: (socket) => void socket.write(bytes) });

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "protocol" });
    expect(outcome).toHaveProperty("message", expect.stringContaining(`${host} answered with something`));
  });

  it.each<[string, () => Promise<string[]>, number]>([
    ["does not exist", () => Promise.reject(new Error("getaddrinfo ENOTFOUND dev.test")), 15_000],
    ["has no address", async () => [], 15_000],
    ["no name server answers for", () => Promise.withResolvers<string[]>().promise, 50],
  ])("is told as a matter of DNS where it has a name that %s", async (_case, lookup, timeoutMs) => {
    await using fixture = replayerFixture({ d1: {} }, { allowedTargets: () => ["dev.test"], lookup, timeoutMs });

    const attempt = await fixture.replayer.replay("d1", "http://dev.test:3000/hook");

    expect(attempt).toMatchObject({ target: "http://dev.test:3000/hook", outcome: { reason: "dns" } });
    expect(attempt.outcome).toHaveProperty("message", expect.stringContaining("No address was found for dev.test."));
    expect(fixture.recorded).toEqual([attempt]);
  });
});
