import { createServer, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { createSender } from "#core/replay/sender.ts";
import { Fault } from "#shared/domain/fault.ts";
import { listen, stop } from "../../../helpers/relay-sockets.ts";
import { answerOf } from "../send.ts";

const KEPT = "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n";

/** A target that keeps what comes and says when the other side has ended its part. */
async function startWire(onData: (socket: Socket, text: string) => void, onEnd: (socket: Socket) => void = () => {}) {
  let read = "";
  const pieces: string[] = [];
  let connections = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1;
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      read += bytes.toString("latin1");
      pieces.push(bytes.toString("latin1"));
      onData(socket, read);
    });
    socket.on("end", () => {
      onEnd(socket);
      socket.end();
    });
  });
  const port = await listen(server, 0);
  const sender = createSender({ clock: createClock(), allowedTargets: () => [], timeoutMs: 2_000 });
  const { signal } = new AbortController();
  return {
    pieces,
    read: () => read,
    connections: () => connections,
    async send(fault: object | undefined, body = "hello world!") {
      const destination = await sender.resolve(String(port), signal);
      const stored = { method: "POST", path: "/", headers: [], body: Buffer.from(body) };
      return await sender.send(stored, destination, [], signal, fault && Fault.parse(fault));
    },
    async [Symbol.asyncDispose]() {
      await sender[Symbol.asyncDispose]();
      await stop(server);
    },
  };
}

const head = (read: string) => read.slice(0, read.indexOf("\r\n\r\n"));
const body = (read: string) => read.slice(read.indexOf("\r\n\r\n") + 4);

describe("on the wire, a body that is cut", () => {
  it("has the length that it is told to have", async () => {
    await using wire = await startWire((socket) => void socket.write(KEPT));

    const sent = await wire.send({ kind: "truncate", framing: "fitted" });

    expect(answerOf(sent).status).toBe(204);
    expect(sent.fault).toMatchObject({ kind: "truncate", framing: "fitted" });
    expect(head(wire.read())).toContain("Content-Length: 6");
    expect(body(wire.read())).toBe("hello ");
  });

  it("ends with the connection in the midst of the length that was announced, and the answer to that is read", async () => {
    await using wire = await startWire(
      () => {},
      (socket) => void socket.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    );

    const sent = await wire.send({ kind: "truncate", framing: "broken-off" });

    expect(answerOf(sent).status).toBe(400);
    expect(head(wire.read())).toContain("Content-Length: 12");
    expect(body(wire.read())).toBe("hello ");
  });

  it("goes over a connection of its own, and raises no doubt about those that are kept", async () => {
    await using wire = await startWire((socket, read) => {
      if (read.endsWith("world!")) socket.write(KEPT);
    });
    await wire.send(undefined);

    const { outcome } = await wire.send({ kind: "truncate", framing: "broken-off" });
    await wire.send(undefined);

    expect(outcome).toHaveProperty("message", expect.not.stringContaining("idle"));
    expect(wire.connections()).toBe(2);
  });

  it("is told as reset where the target closes as well", async () => {
    await using wire = await startWire(() => {});

    const { outcome, fault } = await wire.send({ kind: "truncate", keep: 0, framing: "broken-off" });

    expect([outcome, fault]).toMatchObject([
      { kind: "unreachable", reason: "reset" },
      { kind: "truncate", keep: 0 },
    ]);
    expect(body(wire.read())).toBe("");
  });
});

describe("on the wire, a slow sender", () => {
  it("sends the head at once and the body piece by piece, longer than any other sending may take", async () => {
    await using wire = await startWire((socket, read) => {
      if (read.endsWith("world!")) socket.write(KEPT);
    });

    const sent = await wire.send({ kind: "slow", bytesPerSecond: 5 });

    expect(answerOf(sent).status).toBe(204);
    expect(wire.pieces[0]).toMatch(/Content-Length: 12\r\n\r\n$/);
    expect(wire.pieces.length).toBeGreaterThan(5);
    // Timers may be late, never early.
    expect(sent.ms).toBeGreaterThan(2_300);
  });

  it("stops where the target has answered, and its connection is not used again", async () => {
    await using wire = await startWire((socket, read) => {
      if (read.endsWith("hel")) socket.write(KEPT);
    });

    expect(answerOf(await wire.send({ kind: "slow", bytesPerSecond: 10 })).status).toBe(204);
    expect(body(wire.read())).toBe("hel");
    await wire.send({ kind: "truncate", keep: 3, framing: "fitted" });

    expect(wire.connections()).toBe(2);
    expect(wire.read()).not.toContain("lo ");
  });
});

describe("a sending with a fault", () => {
  it("that is dropped reaches nobody, and says so", async () => {
    await using wire = await startWire(() => {});

    const { outcome, fault, ms } = await wire.send({ kind: "drop" });

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "dropped" });
    expect(outcome).toHaveProperty("message", expect.stringContaining("on purpose"));
    expect([fault, ms]).toMatchObject([{ kind: "drop" }, 0]);
    expect(wire.connections()).toBe(0);
  });

  it("that could not be put in goes out as it was, without a mark", async () => {
    await using wire = await startWire((socket) => void socket.write(KEPT));

    const sent = await wire.send({ kind: "reserialise" }, "no JSON");

    expect(answerOf(sent).status).toBe(204);
    expect(sent).not.toHaveProperty("fault");
    expect(body(wire.read())).toBe("no JSON");
  });
});
