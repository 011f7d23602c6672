import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Answer } from "#core/lib/answer.ts";
import { readPlainRequest } from "#core/listener/plain-request.ts";
import { times } from "../../helpers/fuzz.ts";
import { collect, exchange, open, startTestListener } from "./start-test-listener.ts";

type TestListener = Awaited<ReturnType<typeof startTestListener>>;

/** A request that only Node's server reads; what follows on its connection is read there as well. */
const LEADING = "GET /leading HTTP/1.1\r\nHost: x\r\n\r\n";

/** Whether an answer was written a few seconds ago at most. */
function isNow(date: string): boolean {
  return new Date(date).toUTCString() === date && Math.abs(Date.now() - Date.parse(date)) < 5_000;
}

/** What the sender of these bytes, in one chunk, is answered, and what is kept of them. */
async function outcomeOf(listener: TestListener, bytes: Buffer, way: "short" | "Node's"): Promise<unknown> {
  const socket = connect(listener.port, "127.0.0.1");
  if (way === "Node's") {
    socket.write(LEADING);
    await once(socket, "data");
  }
  const before = listener.records.length;
  const answer = collect(socket);
  socket.end(bytes);
  const told = (await answer).replace(/^Date: ([^\r]*)/gm, (line, date) => (isNow(date) ? "Date: now" : line));
  const kept = listener.records.slice(before).map(({ arrival, status, answeredAt }) => {
    const { receivedAt, lastByteAt, ...shown } = arrival;
    return JSON.stringify({ ...shown, body: arrival.body.toString("latin1"), status, isAnswered: answeredAt != null });
  });
  // Of two in one chunk, one that is broken may be known before the whole one ahead of it.
  return { told, kept: kept.toSorted() };
}

const name = fc.oneof(
  fc.constantFrom("Host", "content-length", "Content-Type", "X-Api-Video-Signature", "a", "Keep-Alive", "Date"),
  fc.constantFrom(
    "Connection",
    "Transfer-Encoding",
    "Upgrade",
    "Expect",
    "Trailer",
    "TE",
    "Proxy-Connection",
    "",
    " a",
  ),
  fc.string({ maxLength: 6 }),
);
const value = fc.oneof(
  fc.constantFrom("x", "", " ", "\t", "keep-alive", "Keep-Alive ", "close", "chunked", "100-continue", "0", "5", "a b"),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const blanks = fc.constantFrom("", " ", "  ", "\t", " \t ");
const field = fc.tuple(name, fc.constantFrom(":", ":", ":", " :", ""), blanks, value, blanks);
const fields = fc.array(field, { maxLength: 5 }).map((all) => all.map((parts) => `${parts.join("")}\r\n`).join(""));
const requestLine = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("POST / HTTP/1.1", "POST /a?b=%20#c HTTP/1.1") },
  fc.constantFrom("PUT / HTTP/1.1", "POST / HTTP/1.0", "POST  / HTTP/1.1", "POST * HTTP/1.1", "post / HTTP/1.1"),
  fc.constantFrom("POST http://x/y HTTP/1.1", "POST /\u00e4 HTTP/1.1", "POST / HTTP/1.1 ", "\r\nPOST / HTTP/1.1"),
);
const body = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));
const declared = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.constantFrom(-1, 1, 1_000_000));

/** A request as senders write it, with all that may be unusual about it. */
const request = fc.tuple(requestLine, fields, declared, body, fields).map(([line, before, off, bytes, after]) => {
  const length = `Content-Length: ${bytes.length + off}\r\n`;
  return Buffer.concat([Buffer.from(`${line}\r\n${before}${length}${after}\r\n`, "latin1"), bytes]);
});

describe("a delivery that comes as one plain request", () => {
  it("is kept and answered byte for byte as Node's own server reads and answers it, and so is every other", async () => {
    await using listener = await startTestListener({ headDeadlineMs: 300, bodyDeadlineMs: 300 });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 2 }), async (requests) => {
        const bytes = Buffer.concat(requests);
        expect(await outcomeOf(listener, bytes, "short")).toEqual(await outcomeOf(listener, bytes, "Node's"));
      }),
      { numRuns: times(500) },
    );
  });

  it.each<Answer>([
    { status: 200, headers: [["Content-Type", "text/plain"]], body: Buffer.from("ä\r\n\0") },
    { status: 204, headers: [], body: Buffer.from("not sent") },
    { status: 304, headers: [["ETag", '"1"']], body: Buffer.alloc(0) },
    {
      status: 500,
      headers: [
        ["Date", "Thu, 01 Jan 1970 00:00:00 GMT"],
        ["X-A", "\u00e9"],
        ["X-A", ""],
      ],
      body: Buffer.alloc(0),
    },
    {
      status: 599,
      headers: [
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2"],
      ],
      body: Buffer.alloc(70_000, "x"),
    },
  ])("is answered the same with $status", async (answer) => {
    await using listener = await startTestListener({
      capture: async ({ path }) => ({ ...(path === "/" && { answer: Promise.resolve(answer) }), answered() {} }),
    });
    const request = Buffer.from("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok");

    const told = await outcomeOf(listener, request, "short");

    expect(told).toMatchObject({ told: expect.stringMatching(new RegExp(`^HTTP/1\\.1 ${answer.status} `)) });
    expect(told).toEqual(await outcomeOf(listener, request, "Node's"));
  });
});

describe("a connection of plain requests", () => {
  const post = (path: string, connection = "keep-alive") =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\nContent-Length: 2\r\n\r\nok`;

  /** A listener whose deliveries are on disk when told so. */
  async function startWaiting() {
    const waiting = new Map<string, () => void>();
    const listener = await startTestListener({
      async capture({ path }) {
        const stored = Promise.withResolvers<void>();
        waiting.set(path, stored.resolve);
        await stored.promise;
        return { answered() {} };
      },
    });
    const until = (path: string) => vi.waitFor(() => expect(waiting.has(path)).toBe(true), { timeout: 10_000 });
    return { ...listener, until, store: (path: string) => waiting.get(path)?.() };
  }

  it("has one that comes before its turn wait for it, and loses none", async () => {
    await using listener = await startWaiting();
    const { socket, answer } = await open(listener.port);

    socket.write(post("/first"));
    await listener.until("/first");
    socket.write(post("/second"));
    socket.write(post("/third"));
    listener.store("/first");
    await listener.until("/second");
    await listener.until("/third");
    listener.store("/third");
    listener.store("/second");
    socket.end();

    expect((await answer).match(/HTTP\/1\.1 \d+/g)).toEqual(Array(3).fill("HTTP/1.1 202"));
  });

  it("answers a sender that closed its own side meanwhile", async () => {
    await using listener = await startWaiting();
    const { socket, answer } = await open(listener.port);

    const closed = once(socket, "finish");
    socket.end(post("/last"));
    await listener.until("/last");
    await closed;
    listener.store("/last");

    expect(await answer).toMatch(/^HTTP\/1\.1 202 Accepted\r\nContent-Length: 0\r\n/);
  });

  it("answers nobody who has gone, and keeps the delivery as it does any other", async () => {
    await using listener = await startTestListener();
    const { socket } = await open(listener.port);

    socket.write(post("/gone"), () => socket.resetAndDestroy());
    await vi.waitFor(() => expect(listener.records).toHaveLength(1), { timeout: 10_000 });

    expect((await fetch(listener.url, { method: "POST", body: "x" })).status).toBe(202);
  });

  it("reads no further while its sender reads none of the answers, and goes on when it does", async () => {
    const large = { status: 200, headers: [], body: Buffer.alloc(1024 * 1024) };
    let kept = 0;
    await using listener = await startTestListener({
      async capture({ path }) {
        if (path === "/unread") kept += 1;
        return path === "/unread" ? { answer: Promise.resolve(large), answered() {} } : { answered() {} };
      },
    });
    const socket = connect(listener.port, "127.0.0.1");
    let read = 0;

    let sent = 0;
    while (kept === sent && sent < 100) {
      sent += 1;
      socket.write(post("/unread"));
      // So long as others are served, it would have been as well.
      for (let turns = 0; kept < sent && turns < 50; turns++) await exchange(listener.port, post("/honest", "close"));
    }
    expect(sent).toBeLessThan(100);
    socket.on("data", (bytes) => {
      read += bytes.length;
    });

    await vi.waitFor(() => expect(read).toBeGreaterThan(sent * large.body.length), { timeout: 10_000 });
    socket.destroy();
  });

  it("is told of a delivery that was not kept, and stays open", async () => {
    await using listener = await startTestListener({ capture: () => Promise.reject(new Error("disk full")) });
    const { socket, answer } = await open(listener.port);

    socket.write(post("/"));
    await once(socket, "data");
    socket.end(post("/again"));

    const told = (await answer).match(/HTTP\/1\.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n/g);
    expect(told).toHaveLength(2);
  });
});

describe("a plain request", () => {
  it.each([
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok",
    "POST /a/../%2e?b HTTP/1.1\r\ncontent-length:2\r\nConnection: keep-alive\r\nX-Empty:\r\n\r\nok",
  ])("is one whole POST with a length: %j", (text) => {
    expect(readPlainRequest(Buffer.from(text, "latin1"))?.body.toString()).toBe("ok");
  });

  it.each([
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\no",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nokPOST",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\nok",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 2\r\n\r\nok",
    "POST / HTTP/1.1\r\nHost: x\r\n Content-Length: 2\r\n\r\nok",
    "POST / HTTP/1.1\r\nHost: x\nContent-Length: 2\r\n\r\nok",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nok",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nX: \u00e4\r\n\r\nok",
    "POST http://x/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok",
    "POST / HTTP/1.0\r\nHost: x\r\nContent-Length: 2\r\n\r\nok",
    "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\n\r\n",
    "",
  ])("is nothing else: %j", (text) => {
    expect(readPlainRequest(Buffer.from(text, "latin1"))).toBeNull();
  });
});
