import { request } from "node:http";
import { createServer } from "node:net";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAnswerParser, type Parsed } from "#core/replay/wire/answer-parser.ts";
import { toHeaderPairs } from "#shared/domain/headers.ts";
import { times } from "../../../helpers/fuzz.ts";
import { listen, stop } from "../../../helpers/relay-sockets.ts";
import { anyBytes, cutAt, parseAnswer, parseText, wellFormedAnswers } from "./answers.ts";

const MIB = 1024 * 1024;

function answerOf(text: string, method?: string) {
  const parsed = parseText(text, method);
  if (parsed?.kind !== "answer") throw new Error(`No answer: ${JSON.stringify(parsed)}`);
  return parsed.answer;
}

/** All but what it means for the connection: bytes behind an answer are seen only where they come with its end. */
function withoutPersistence(parsed: Parsed | null): unknown {
  return parsed?.kind === "answer" ? { ...parsed.answer, persistence: null } : parsed;
}

describe("an answer in pieces", () => {
  const cuts = fc.array(fc.nat(500), { maxLength: 40 });

  it("reads the same wherever it is cut, whatever its bytes are", () => {
    fc.assert(
      fc.property(anyBytes, cuts, fc.constantFrom("POST", "HEAD", "CONNECT"), (bytes, places, method) => {
        const whole = withoutPersistence(parseAnswer([bytes], method));

        expect(withoutPersistence(parseAnswer(cutAt(bytes, places), method))).toEqual(whole);
      }),
      { numRuns: times(2_000) },
    );
  });

  it("reads the same byte for byte as in one, its connection included, where nothing comes behind it", () => {
    fc.assert(
      fc.property(wellFormedAnswers, (bytes) => {
        const bytewise = [...bytes].map((byte) => Buffer.from([byte]));

        expect(parseAnswer(bytewise)).toEqual(parseAnswer([bytes]));
      }),
      { numRuns: times(300) },
    );
  });

  it("is never more than its beginning where it ends within its head", () => {
    fc.assert(
      fc.property(wellFormedAnswers, fc.nat(500), (bytes, length) => {
        const parsed = parseAnswer([bytes.subarray(0, Math.min(length, bytes.length - 1))]);

        expect(parsed === null || parsed.kind === "answer").toBe(true);
      }),
      { numRuns: times(500) },
    );
  });
});

describe("a well-formed answer", () => {
  it("reads as Node's own client reads it", async () => {
    let bytes: Buffer = Buffer.alloc(0);
    const server = createServer((socket) => void socket.once("data", () => socket.end(bytes)));
    const port = await listen(server, 0);
    await fc.assert(
      fc.asyncProperty(wellFormedAnswers, async (generated) => {
        bytes = generated;

        const parsed = parseAnswer([generated]);

        expect(parsed).toMatchObject({ kind: "answer", answer: await readByNode(port) });
      }),
      { numRuns: times(300) },
    );
    await stop(server);
  });
});

async function readByNode(port: number) {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const asking = request({ host: "127.0.0.1", port, method: "POST", agent: false }, async (response) => {
    const body = await buffer(response);
    const headers = toHeaderPairs(response.rawHeaders);
    resolve({ status: response.statusCode, headers, body, bodyBytes: body.length, incomplete: undefined });
  });
  asking.once("error", reject);
  asking.end();
  return await promise;
}

describe("what is no answer", () => {
  it.each([
    ["status-line", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["status-line", "J\u0000\u0000\u0000\n8.0.36"],
    ["status-line", "HTTP/1.1 OK\r\n\r\n"],
    ["status-line", "HTTP/1.1 20 OK\r\n\r\n"],
    ["status-line", "HTTP/1.1 2000 OK\r\n\r\n"],
    ["status-line", "HTTP/1.1 099 OK\r\n\r\n"],
    ["status-line", "\r\nHTTP/1.1 200 OK\r\n\r\n"],
    ["line-ending", "HTTP/1.1 200 OK\nContent-Length: 0\n\n"],
    ["header-line", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"],
    ["header-line", "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n"],
    ["header-line", "HTTP/1.1 200 OK\r\nX-A : 1\r\n\r\n"],
    ["header-line", "HTTP/1.1 200 OK\r\nX-A: 1\r\n folded\r\n\r\n"],
    ["header-line", "HTTP/1.1 200 OK\r\nX-A: a\u0000b\r\n\r\n"],
    ["header-line", "HTTP/1.1 200 OK\r\nX-A: a\rb\r\n\r\n"],
    ["content-length", "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n"],
    ["content-length", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na"],
    ["content-length", "HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\na"],
    ["content-length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\na"],
    ["content-length", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\ncontent-length: 2\r\n\r\nab"],
    ["two-framings", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"],
    ["head-length", `HTTP/1.1 200 OK\r\nX: ${"y".repeat(64 * 1024)}`],
  ])("is told by its fault, %s: %j", (fault, text) => {
    expect(parseText(text)).toEqual({ kind: "fault", fault });
  });
});

describe("an answer without an end in sight", () => {
  it.each([
    ["head", "HTTP/1.1 200 OK\r\n", "X-More: 1\r\n"],
    ["line", "HTTP/1.1 200 OK\r\n", "more"],
    ["row of announcements", "", "HTTP/1.1 102 Processing\r\n\r\n"],
    ["body", "HTTP/1.1 200 OK\r\n\r\n", "more"],
    ["chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n", "more"],
    ["row of chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1;x=y\r\na\r\n"],
    ["extension", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "more"],
    ["trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-More: 1\r\n"],
  ])("is not read for ever: a %s", (_case, beginning, more) => {
    const parser = createAnswerParser("POST");
    parser.push(Buffer.from(beginning));
    const piece = Buffer.from(more.repeat(10_000));
    let pushed = 0;

    while (parser.push(piece) === null && pushed < 65 * MIB) pushed += piece.length;

    expect(pushed).toBeLessThan(65 * MIB);
  });

  it("takes no time that grows with the square of a line of spaces", () => {
    const started = process.cpuUsage();

    expect(answerOf(`HTTP/1.1 200 OK\r\nX-A: ${" ".repeat(60_000)}x${" ".repeat(5_000)}\r\n\r\n`).headers).toEqual([
      ["X-A", "x"],
    ]);

    expect(process.cpuUsage(started).user).toBeLessThan(200_000);
  });
});

describe("the connection after an answer", () => {
  it.each<[string, unknown]>([
    ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", { isAnnounced: false, timeoutMs: undefined }],
    ["HTTP/1.1 204 No Content\r\nConnection: Keep-Alive\r\n\r\n", { isAnnounced: true, timeoutMs: undefined }],
    ["HTTP/1.1 204 No Content\r\nkeep-alive: max=3, timeout=5\r\n\r\n", { isAnnounced: true, timeoutMs: 5_000 }],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", { isAnnounced: false, timeoutMs: undefined }],
    ["HTTP/1.1 204 No Content\r\nConnection: x, CLOSE\r\n\r\n", null],
    ["HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", null],
    ["HTTP/1.1 200 OK\r\n\r\n", null],
    ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nand more", null],
    ["HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nand", null],
    ["HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n", null],
    ["HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", null],
    ["HTTP/1.1 101 Switching Protocols\r\nConnection: keep-alive\r\n\r\n", null],
  ])("%j can carry another request: %j", (text, persistence) => {
    expect(answerOf(text).persistence).toEqual(persistence);
  });

  it("cannot carry another request after a CONNECT that was accepted", () => {
    expect(answerOf("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\n", "CONNECT").persistence).toBeNull();
  });
});
