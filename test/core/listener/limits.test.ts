import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { exchange, open, startTestListener } from "./start-test-listener.ts";

const HONEST = "POST /hook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
const LIMITS = { connections: 1_000, heads: 1_000, bodies: 1_000, bytes: 1024 * 1024 };

let sockets: Socket[] = [];

/** Connections that have sent this much, one after the other. */
async function openMany(port: number, count: number, bytes: string): Promise<Array<Promise<string>>> {
  const answers: Array<Promise<string>> = [];
  for (let n = 0; n < count; n++) {
    const { socket, answer } = await open(port);
    sockets.push(socket);
    if (bytes !== "") socket.write(bytes);
    answers.push(answer);
  }
  return answers;
}

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
});

describe("a listener with more senders than it can hold", () => {
  it("lets the oldest unfinished body give way where there are too many, and keeps what came of it", async () => {
    await using listener = await startTestListener({ limits: { ...LIMITS, bodies: 2 } });
    const begun = "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf";
    const answers = await openMany(listener.port, 1, begun);
    await openMany(listener.port, 1, begun);
    await openMany(listener.port, 1, begun);

    expect(await answers[0]).toMatch(/^HTTP\/1\.1 408 /);
    expect(listener.records).toMatchObject([{ arrival: { incomplete: "timed-out", path: "/slow" }, status: 408 }]);
    expect(listener.records[0]?.arrival.body.toString()).toBe("half");
    expect(await exchange(listener.port, HONEST)).toMatch(/^HTTP\/1\.1 202 /);
  });

  it("lets the oldest unfinished body give way where they are too large together", async () => {
    await using listener = await startTestListener({ limits: { ...LIMITS, bytes: 100_000 } });
    const begun = `POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n${"x".repeat(60_000)}`;
    const [first] = await openMany(listener.port, 1, begun);
    const [second] = await openMany(listener.port, 1, begun);

    expect(await first).toMatch(/^HTTP\/1\.1 408 /);
    sockets[1]?.write("x".repeat(30_000));
    await vi.waitFor(() => expect(listener.records).toHaveLength(2));
    expect(listener.records[1]).toMatchObject({ status: 202 });
    expect(listener.records[1]?.arrival.body).toHaveLength(90_000);
    sockets[1]?.destroy();
    expect(await second).toMatch(/^HTTP\/1\.1 202 /);
  });

  it("lets the oldest unfinished head give way", async () => {
    await using listener = await startTestListener({ limits: { ...LIMITS, heads: 2 } });

    const answers = await openMany(listener.port, 4, "POST /never HTTP/1.1\r\nX-Slow: ");

    expect(await answers[0]).toMatch(/^HTTP\/1\.1 408 /);
    expect(await answers[1]).toMatch(/^HTTP\/1\.1 408 /);
    expect(await exchange(listener.port, HONEST)).toMatch(/^HTTP\/1\.1 202 /);
    expect(listener.records).toHaveLength(1);
  });

  it("closes the connection that has waited longest, never one whose body is being read", async () => {
    await using listener = await startTestListener({ limits: { ...LIMITS, connections: 3 } });
    const [reading] = await openMany(listener.port, 1, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
    const [idle] = await openMany(listener.port, 1, "");
    await openMany(listener.port, 1, "");

    const { socket, answer } = await open(listener.port);
    expect(await idle).toBe("");
    socket.end(HONEST);
    expect(await answer).toMatch(/^HTTP\/1\.1 202 /);
    sockets[0]?.end("cd");
    expect(await reading).toMatch(/^HTTP\/1\.1 202 /);
  });

  it("serves an honest sender while 5 000 others hold what they have begun", { timeout: 60_000 }, async () => {
    await using listener = await startTestListener();
    const kinds = [
      "",
      "POST / HTT",
      "POST / HTTP/1.1\r\nX: ",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\npart",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nab",
    ];
    const before = process.memoryUsage().rss;
    let closed = 0;
    for (let n = 0; n < 5_000; n++) {
      const { socket, answer } = await open(listener.port);
      sockets.push(socket);
      socket.on("error", () => {});
      socket.write(kinds[n % kinds.length] ?? "");
      void answer.then(() => {
        closed += 1;
      });
    }

    expect(await exchange(listener.port, HONEST)).toMatch(/^HTTP\/1\.1 202 /);
    // Both ends of the connections are in this process.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
    expect(closed).toBeGreaterThanOrEqual(3_000);
    const { socket } = await open(listener.port);
    socket.end();
    await once(socket, "close");
  });
});
