import { describe, expect, it } from "vitest";
import { AppError } from "#shared/errors.ts";
import { startRawTarget } from "./raw-target.ts";
import { answerOf, send } from "./send.ts";

/** Sends to a target that answers these bytes and closes. */
async function answerTo(bytes: string, method = "POST") {
  await using target = await startRawTarget({ onRequest: (socket) => socket.end(bytes, "latin1") });

  return { ...answerOf(await send(target.url, { method })), connections: target.connections() };
}

describe("an answer", () => {
  it.each([
    ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok"],
    ["HTTP/1.1 204 No Content\r\n\r\n", 204, ""],
    ["HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", 304, ""],
    ["HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nno \r\n3\r\nway\r\n0\r\n\r\n", 404, "no way"],
    ["HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\n\r\nTypeError: oops", 500, "TypeError: oops"],
    ["HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, "until the end"],
    ["HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n", 299, ""],
    ["HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok and more", 200, "ok"],
  ])("is whole, whatever its status and framing: %j", async (bytes, status, text) => {
    const answer = await answerTo(bytes);

    expect(answer).toMatchObject({ status, bodyBytes: text.length });
    expect(answer.body.toString()).toBe(text);
    expect(answer.bodyIncomplete).toBeUndefined();
  });

  it("to a HEAD has no body, also where its length is told", async () => {
    const answer = await answerTo("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n", "HEAD");

    expect(answer).toMatchObject({ status: 200, bodyBytes: 0 });
    expect(answer.bodyIncomplete).toBeUndefined();
  });

  it("that redirects is kept, and not followed", async () => {
    await using elsewhere = await startRawTarget();
    const location = `${elsewhere.url}/other`;

    const answer = await answerTo(
      `HTTP/1.1 307 Temporary Redirect\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`,
    );

    expect(answer).toMatchObject({ status: 307, connections: 1 });
    expect(answer.headers).toContainEqual(["Location", location]);
    expect(elsewhere.connections()).toBe(0);
  });

  it.each([
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 102 Processing\r\nX-Step: one\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </b.css>\r\n\r\n",
  ])("is the final one, not what was announced before: %j", async (before) => {
    const answer = await answerTo(`${before}HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nyes`);

    expect(answer).toMatchObject({ status: 201, headers: [["Content-Length", "3"]], bodyBytes: 3 });
  });

  it.each([
    [
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\u0081\u0002hi",
      "POST",
      101,
    ],
    ["HTTP/1.1 200 Connection Established\r\n\r\nSSH-2.0", "CONNECT", 200],
  ])("that leaves HTTP is kept without a body: %j", async (bytes, method, status) => {
    const answer = await answerTo(bytes, method);

    expect(answer).toMatchObject({ status, bodyBytes: 0 });
    expect(answer.bodyIncomplete).toBeUndefined();
  });

  it("keeps its headers as they stood: order, case, doubled ones and bytes", async () => {
    const head =
      "X-b: 1\r\nset-cookie: a=1\r\nSET-COOKIE: b=2\r\nx-A: \u00e9\u00ff\r\nX-B: 3\r\nX-Empty: \r\ncontent-length: 0";

    const { headers } = await answerTo(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`);

    expect(headers.map(([name, value]) => `${name}: ${value}`).join("\r\n")).toBe(head);
  });

  it("keeps all of its headers where there are thousands", async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `h${i}: v`);

    const { headers } = await answerTo(`HTTP/1.1 200 OK\r\n${lines.join("\r\n")}\r\nContent-Length: 0\r\n\r\n`);

    expect(headers).toHaveLength(3_001);
    expect(headers.at(-1)).toEqual(["Content-Length", "0"]);
  });

  it("counts also where it comes before the body was read", async () => {
    await using target = await startRawTarget({
      onConnection(socket) {
        socket.pause();
        socket.end("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
      },
    });

    const answer = answerOf(await send(target.url, { body: Buffer.alloc(8 * 1024 * 1024) }));

    expect(answer.status).toBe(413);
  });
});

describe("the time of a sending", () => {
  it("runs from the first byte sent to the end of the answer", async () => {
    const time = { ms: 1_000 };
    await using target = await startRawTarget({
      onRequest(socket) {
        time.ms += 250;
        socket.end("HTTP/1.1 204 No Content\r\n\r\n");
      },
    });

    const sent = await send(target.url, { options: { clock: { now: () => time.ms } } });

    expect(sent).toMatchObject({ startedAt: 1_000, ms: 250 });
  });
});

describe("a delivery that HTTP cannot carry", () => {
  it.each([
    { headers: [["X-Bad", "a\u0000b"]] satisfies [string, string][] },
    { headers: [["X Bad", "a"]] satisfies [string, string][] },
    { headers: [["X-Bad", "a\r\nX-Smuggled: b"]] satisfies [string, string][] },
    { method: "GE T" },
    { requestTarget: "/a b" },
    { requestTarget: "/a\r\nX-Smuggled: b" },
  ])("is refused before anything is sent: %j", async (changes) => {
    await using target = await startRawTarget();

    const sending = send(target.url, changes);

    await expect(sending).rejects.toThrow(AppError);
    await expect(sending).rejects.toMatchObject({ code: "input.invalid" });
    expect(target.connections()).toBe(0);
  });
});
