import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { startRawTarget } from "./raw-target.ts";
import { answerOf, send } from "./send.ts";

const MIB = 1024 * 1024;

async function answerFrom(onRequest: (socket: Socket) => void, timeoutMs = 15_000) {
  await using target = await startRawTarget({ onRequest });

  return answerOf(await send(target.url, { options: { timeoutMs } }));
}

/** Bytes that differ from place to place. */
function pattern(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 31) ^ (i >> 8)));
}

describe("the body of an answer", () => {
  it.each([
    ["below one MiB is kept whole", MIB - 1],
    ["of one MiB is kept whole", MIB],
    ["above one MiB is kept to the first MiB and counted to the end", 3 * MIB + 7],
  ])("%s", async (_case, length) => {
    const sent = pattern(length);

    const answer = await answerFrom((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`);
      socket.end(sent);
    });

    expect(answer.bodyBytes).toBe(length);
    expect(answer.body.equals(sent.subarray(0, MIB))).toBe(true);
    expect(answer.bodyIncomplete).toBeUndefined();
  });

  it("is kept as it came, never inflated", async () => {
    const answer = await answerFrom((socket) => {
      socket.end("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip");
    });

    expect(answer.body.toString()).toBe("not gzip");
  });

  it("is cut where no end is in sight", async () => {
    const chunk = Buffer.alloc(MIB, "x");

    const answer = await answerFrom((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const pour = () => {
        while (socket.writable && socket.write(chunk)) {
          // Until the socket has enough; it says when it wants more.
        }
      };
      socket.on("drain", pour);
      pour();
    });

    expect(answer).toMatchObject({ status: 200, bodyIncomplete: "too-long" });
    expect(answer.bodyBytes).toBeGreaterThanOrEqual(64 * MIB);
    expect(answer.bodyBytes).toBeLessThan(65 * MIB);
    expect(answer.body).toHaveLength(MIB);
  });

  it.each([
    ["closes before the length it told", "Content-Length: 10\r\n\r\nfirst"],
    ["closes within a chunk", "Transfer-Encoding: chunked\r\n\r\na\r\nfirst"],
    ["closes without a last chunk", "Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n"],
    ["goes on with something that is no chunk", "Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\nZZZ\r\n"],
  ])("keeps what came where the target %s", async (_case, rest) => {
    const answer = await answerFrom((socket) => void socket.end(`HTTP/1.1 200 OK\r\n${rest}`));

    expect(answer).toMatchObject({ status: 200, bodyBytes: 5, bodyIncomplete: "broken-off" });
    expect(answer.body.toString()).toBe("first");
  });

  it("keeps what came before the deadline", async () => {
    const answer = await answerFrom((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
    }, 1_000);

    expect(answer).toMatchObject({ status: 200, bodyBytes: 5, bodyIncomplete: "timed-out" });
    expect(answer.body.toString()).toBe("first");
  });

  it("has a deadline also where it trickles", async () => {
    const answer = await answerFrom((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const trickle = setInterval(() => socket.write("."), 20);
      socket.once("close", () => clearInterval(trickle));
    }, 1_000);

    expect(answer).toMatchObject({ status: 200, bodyIncomplete: "timed-out" });
    expect(answer.bodyBytes).toBeGreaterThan(0);
  });
});
