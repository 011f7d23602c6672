import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type Clock, createClock } from "#core/lib/clock.ts";
import { createSender } from "#core/replay/sender.ts";
import { headerValue } from "#shared/domain/headers.ts";
import { projectRoot } from "../../../helpers/child.ts";
import { times } from "../../../helpers/fuzz.ts";
import { listen, stop } from "../../../helpers/relay-sockets.ts";
import { startRawTarget } from "../raw-target.ts";
import { answerOf } from "../send.ts";

const ANNOUNCED = "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n";
const SILENT = "HTTP/1.1 204 No Content\r\n\r\n";

/** A sender with a clock that stands still until it is told otherwise, unless it gets another. */
function startSending(url: string, clock?: Clock) {
  const time = { ms: 1_000_000 };
  const sender = createSender({ clock: clock ?? { now: () => time.ms }, allowedTargets: () => [], timeoutMs: 15_000 });
  const { signal } = new AbortController();
  return {
    time,
    startedAt: performance.now(),
    async send(id = "1", to = url) {
      const destination = await sender.resolve(to, signal);
      const stored = { method: "POST", path: "/", headers: [], body: Buffer.from("{}") };
      return await sender.send(stored, destination, [["X-Id", id]], signal);
    },
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}

/** A target that answers with these texts, the last of them again and again, and leaves its connections open. */
async function startKeepingTarget(...answers: readonly string[]) {
  const sockets: Socket[] = [];
  let answered = 0;
  const target = await startRawTarget({
    onConnection: (socket) => void sockets.push(socket),
    onRequest(socket) {
      socket.write(answers[Math.min(answered, answers.length - 1)] ?? "");
      answered += 1;
    },
  });
  return { ...target, sockets, [Symbol.asyncDispose]: () => target[Symbol.asyncDispose]() };
}

/** Resolves when our side has seen that these connections are closed. */
async function closed(sockets: readonly Socket[]): Promise<void> {
  await vi.waitFor(() => expect(sockets.filter((socket) => !socket.destroyed)).toEqual([]), { timeout: 5_000 });
}

describe("a connection that the target says it keeps", () => {
  it("carries one sending after the other", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    await using sending = startSending(target.url);

    for (let n = 0; n < 5; n += 1) expect(answerOf(await sending.send()).status).toBe(204);

    expect([target.connections(), target.requests.length]).toEqual([1, 5]);
  });

  it("carries one after the other over TLS", async () => {
    const pem = readFileSync(join(projectRoot, "test/fixtures/self-signed-localhost.pem"));
    await using target = await startRawTarget({
      tls: { key: pem, cert: pem },
      onRequest: (socket) => void socket.write(ANNOUNCED),
    });
    await using sending = startSending(target.url);

    for (let n = 0; n < 3; n += 1) expect(answerOf(await sending.send()).status).toBe(204);

    expect([target.connections(), target.requests.length]).toEqual([1, 3]);
  });

  it("carries one at a time", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    await using sending = startSending(target.url);

    for (let round = 0; round < 2; round += 1) await Promise.all([sending.send(), sending.send(), sending.send()]);

    expect([target.connections(), target.requests.length]).toEqual([3, 6]);
  });

  it.each([
    ["it was idle for a second", ANNOUNCED, 1_000],
    [
      "it was idle for half of what the target said",
      ANNOUNCED.replace("\r\n\r\n", "\r\nKeep-Alive: timeout=1\r\n\r\n"),
      500,
    ],
  ])("is not used any more where %s", async (_case, answer, idleMs) => {
    await using target = await startKeepingTarget(answer);
    await using sending = startSending(target.url);
    await sending.send();
    sending.time.ms += idleMs - 1;
    await sending.send();
    expect(target.connections()).toBe(1);
    sending.time.ms += idleMs;

    await sending.send();

    expect(target.connections()).toBe(2);
  });

  it("is closed once it was idle for long enough", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    await using sending = startSending(target.url);
    await sending.send();
    sending.time.ms += 1_000;

    await closed(target.sockets);
  });

  it("is closed with the sender, and so are all others", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    const sending = startSending(target.url);
    await Promise.all([sending.send(), sending.send(), sending.send(), sending.send()]);

    await sending[Symbol.asyncDispose]();

    await closed(target.sockets);
  });

  it("is closed when its sending ends after the sender was closed", async () => {
    const arrived = Promise.withResolvers<Socket>();
    await using target = await startRawTarget({ onRequest: arrived.resolve });
    const sending = startSending(target.url);
    const sent = sending.send();
    const socket = await arrived.promise;
    await sending[Symbol.asyncDispose]();

    socket.write(ANNOUNCED);

    expect(answerOf(await sent).status).toBe(204);
    await closed([socket]);
  });

  it("is closed where a hundred other destinations came after it", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    await using sending = startSending(target.url);
    await sending.send();

    for (let n = 0; n < 100; n += 1) await sending.send("1", `http://h${n}.localhost:${target.port}`);

    await closed(target.sockets.slice(0, 1));
    expect(target.sockets.filter((socket) => !socket.destroyed).length).toBeLessThanOrEqual(100);
  });

  it("is one of a hundred at most", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    await using sending = startSending(target.url);

    await Promise.all(Array.from({ length: 120 }, () => sending.send()));

    await vi.waitFor(() => expect(target.sockets.filter((socket) => !socket.destroyed)).toHaveLength(100));
  });

  it("belongs to one host alone, though another one leads to the same address", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    await using sending = startSending(target.url);

    for (let round = 0; round < 2; round += 1) {
      await sending.send();
      await sending.send("1", `http://localhost:${target.port}`);
    }

    expect(target.connections()).toBe(2);
  });
});

describe("a connection that may be closed at any moment", () => {
  it.each([
    ["says that it closes", "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"],
    ["speaks HTTP/1.0", "HTTP/1.0 204 No Content\r\nConnection: keep-alive\r\n\r\n"],
    ["says nothing of it", SILENT],
    ["sends more than its answer", `${ANNOUNCED}HTTP/1.1 204 No Content\r\n\r\n`],
  ])("is not used again where the target %s", async (_case, answer) => {
    await using target = await startKeepingTarget(answer);
    await using sending = startSending(target.url);

    for (let n = 0; n < 3; n += 1) expect(answerOf(await sending.send()).status).toBe(204);

    expect([target.connections(), target.requests.length]).toEqual([3, 3]);
  });

  it("is used again once the target, which says nothing of it, left one open for a second", async () => {
    await using target = await startKeepingTarget(SILENT);
    await using sending = startSending(target.url);
    await sending.send();
    sending.time.ms += 1_000;
    await closed(target.sockets);

    for (let n = 0; n < 3; n += 1) await sending.send();

    expect(target.connections()).toBe(2);
  });

  it("is not used again where the target closed one that it had promised to keep", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    await using sending = startSending(target.url);
    await sending.send();
    target.sockets[0]?.end();
    await closed(target.sockets);

    for (let n = 0; n < 3; n += 1) expect(answerOf(await sending.send()).status).toBe(204);

    expect([target.connections(), target.requests.length]).toEqual([4, 4]);
  });

  it("is not used where it was closed while this app was busy", async () => {
    await using target = await startKeepingTarget(ANNOUNCED);
    await using sending = startSending(target.url);
    await sending.send();
    // Its end is on our side, and nobody has looked yet.
    target.sockets[0]?.destroy();
    sending.time.ms += 10;

    expect(answerOf(await sending.send()).status).toBe(204);

    expect([target.connections(), target.requests.length]).toEqual([2, 2]);
  });

  it("is not left idle at a server that serves one connection after the other", async () => {
    const queue: Socket[] = [];
    const serveNext = () => {
      const [socket] = queue;
      socket?.on("data", () => socket.write(ANNOUNCED));
      socket?.once("close", () => {
        queue.shift();
        serveNext();
      });
    };
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      queue.push(socket);
      if (queue.length === 1) serveNext();
    });
    await using sending = startSending(`http://127.0.0.1:${await listen(server, 0)}`, createClock());

    const sent = await Promise.all(Array.from({ length: 10 }, () => sending.send()));

    // One of them waits for a second; all of them would take nine.
    expect(Math.max(...sent.map(({ outcome }) => answerOf({ outcome }).status))).toBe(204);
    expect(performance.now() - sending.startedAt).toBeLessThan(6_000);
    await stop(server);
  });

  it("is told for what it is where it ends without an answer, and nothing is sent twice", async () => {
    await using target = await startRawTarget({
      onRequest(socket, { headers }) {
        if (headerValue(headers, "x-id") === "2") socket.destroy();
        else socket.write(ANNOUNCED);
      },
    });
    await using sending = startSending(target.url);
    await sending.send("1");

    const { outcome } = await sending.send("2");

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "reset" });
    expect(outcome).toHaveProperty("message", expect.stringContaining("perhaps because it was idle before"));
    expect(target.requests).toHaveLength(2);
    await sending.send("3");
    expect([target.connections(), target.requests.length]).toEqual([2, 3]);
  });
});

describe("whatever a target does with its connections", () => {
  const answers: Record<string, (socket: Socket) => void> = {
    announced: (socket) => void socket.write(ANNOUNCED),
    silent: (socket) => void socket.write(SILENT),
    "announced and closed at once": (socket) => void socket.end(ANNOUNCED),
    "silent and closed at once": (socket) => void socket.end(SILENT),
    "announced and closed soon": (socket) => {
      socket.write(ANNOUNCED);
      setTimeout(() => socket.destroy(), 3);
    },
    "closed without an answer": (socket) => void socket.destroy(),
    "reset without an answer": (socket) => void socket.resetAndDestroy(),
    "closed within the answer": (socket) => void socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
  };

  it("each delivery reaches it once at most, and once where it was answered", async () => {
    let behaviours: readonly string[] = [];
    /** Of all rounds: what is read after its sending was given up may come in the next one. */
    const arrived: string[] = [];
    let round = 0;
    await using target = await startRawTarget({
      onRequest(socket, { headers }) {
        const id = headerValue(headers, "x-id") ?? "";
        arrived.push(id);
        answers[behaviours[Number(id.split(".")[1])] ?? ""]?.(socket);
      },
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(answers)), { minLength: 1, maxLength: 30 }),
        async (chosen) => {
          behaviours = chosen;
          round += 1;
          await using sending = startSending(target.url);
          const waiting = chosen.map((_, n) => n);
          const answered: string[] = [];
          const lane = async () => {
            for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
              sending.time.ms += 2;
              const { outcome } = await sending.send(`${round}.${n}`);
              if (outcome.kind === "answered") answered.push(`${round}.${n}`);
            }
          };

          await Promise.all([lane(), lane(), lane()]);

          expect(new Set(arrived).size).toBe(arrived.length);
          expect(arrived).toEqual(expect.arrayContaining(answered));
        },
      ),
      { numRuns: times(60) },
    );
  });
});
