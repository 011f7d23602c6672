import { afterEach, describe, expect, it, vi } from "vitest";
import type { DeliveryServerDeps } from "#core/listener/delivery-server.ts";
import { exchange, open, startTestListener } from "./start-test-listener.ts";

const MIB = 1024 * 1024;
const HONEST = "POST /honest HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
const CHUNKED = "POST /chunks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

type Sockets = Awaited<ReturnType<typeof open>>["socket"];
let sockets: Sockets[] = [];

async function connected(port: number): Promise<Awaited<ReturnType<typeof open>>> {
  const { socket, answer } = await open(port);
  sockets.push(socket);
  // A connection that is reset under its sender is what some of these are about.
  return { socket, answer: answer.catch(() => "reset") };
}

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
});

/** What this process has grown by, both ends of the connections being in it. */
async function grownBy(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  await work();
  return process.memoryUsage.rss() - before;
}

async function answeredWithin(port: number): Promise<number> {
  const started = performance.now();
  expect(await exchange(port, HONEST)).toMatch(/^HTTP\/1\.1 202 /);
  return performance.now() - started;
}

describe("the memory that a sender can take", () => {
  it("is that of its bytes, also where each of them is a chunk of its own", { timeout: 60_000 }, async () => {
    await using listener = await startTestListener();
    const { socket } = await connected(listener.port);
    const bytes = MIB;

    const grown = await grownBy(async () => {
      socket.write(CHUNKED);
      const piece = "1\r\na\r\n".repeat(64 * 1024);
      for (let sent = 0; sent < bytes; sent += 64 * 1024) {
        if (!socket.write(piece)) await new Promise((resolve) => socket.once("drain", resolve));
      }
      socket.write("0\r\n\r\n");
      await vi.waitFor(() => expect(listener.records).toHaveLength(1), { timeout: 50_000 });
    });

    expect(listener.records[0]?.arrival.body.equals(Buffer.alloc(bytes, "a"))).toBe(true);
    // Kept in pieces, it was 460 bytes for each of them.
    expect(grown).toBeLessThan(150 * MIB);
  });

  it("is bounded where it sends many short fields and begins a body", async () => {
    const limits = { connections: 1_000, heads: 1_000, bodies: 1_000, bytes: 20 * MIB };
    await using listener = await startTestListener({ limits } satisfies Partial<DeliveryServerDeps>);
    const begun = `POST /fields HTTP/1.1\r\nHost: x\r\n${"aa:zz\r\n".repeat(30_000)}Content-Length: 9\r\n\r\nhalf`;
    const answers: Array<Promise<string>> = [];

    for (let n = 0; n < 10; n++) {
      const { socket, answer } = await connected(listener.port);
      socket.write(begun);
      answers.push(answer);
    }

    // Each takes some 3 MB, so that the oldest gives way to the seventh.
    expect(await answers[0]).toMatch(/^HTTP\/1\.1 408 /);
    expect(await exchange(listener.port, HONEST)).toMatch(/^HTTP\/1\.1 202 /);
  });

  it("ends with the connection where it asks on and on without waiting for an answer", async () => {
    await using listener = await startTestListener({ capture: () => new Promise(() => {}) });
    const { socket, answer } = await connected(listener.port);

    socket.write("GET / HTTP/1.1\r\n\r\n".repeat(10_000));

    expect(["", "reset"]).toContain(await answer);
  });

  it("keeps nobody else waiting for as long as a second", async () => {
    await using listener = await startTestListener();
    for (let n = 0; n < 10; n++) {
      const { socket } = await connected(listener.port);
      socket.write("GET / HTTP/1.1\r\n\r\n".repeat(50_000));
    }

    expect(await answeredWithin(listener.port)).toBeLessThan(1_000);
  });

  it("has no place for a target that is longer than any address", async () => {
    await using listener = await startTestListener();

    expect(await exchange(listener.port, `POST /${"p".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 414 /,
    );
    expect(listener.records).toEqual([]);
    expect(await exchange(listener.port, HONEST)).toMatch(/^HTTP\/1\.1 202 /);
  });
});
