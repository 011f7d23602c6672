import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { times } from "../../helpers/fuzz.ts";
import { collect, exchange, startTestListener } from "./start-test-listener.ts";

const HONEST = "POST /honest HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

/** Pieces of requests, right and wrong ones, that are put together in any order. */
const PIECES = [
  "GET / HTTP/1.1\r\n",
  "POST /../%2e%2e/%2f?a=%00 HTTP/1.1\r\n",
  "POST http://evil.example/absolute HTTP/1.1\r\n",
  "CONNECT evil.example:443 HTTP/1.1\r\n",
  "OPTIONS * HTTP/1.1\r\n",
  "GET /\r\n",
  "GET / HTTP/2.0\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "Host: x\r\n",
  "Content-Length: 5\r\n",
  "Content-Length: -1\r\n",
  "Content-Length: 99999999999999999999\r\n",
  "Transfer-Encoding: chunked\r\n",
  "Transfer-Encoding: identity\r\n",
  "Transfer-Encoding: chunked, chunked\r\n",
  "Upgrade: websocket\r\nConnection: upgrade\r\n",
  "Expect: 100-continue\r\n",
  "Content-Encoding: gzip\r\n",
  "X-Api-Video-Signature: aa\r\nX-Api-Video-Signature: bb\r\n",
  " folded: line\r\n",
  "No-Colon\r\n",
  "\r\n",
  "hello",
  "5\r\nhello\r\n",
  "0\r\n\r\n",
  "ffffffffffffffff\r\n",
  '5;ext="\r\n',
];

const anyPiece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES).map((text) => Buffer.from(text, "latin1")) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ maxLength: 20 })
      .map((bytes) => Buffer.concat([Buffer.from("X-"), bytes, Buffer.from("\r\n")])),
  },
);

/** Sends the pieces one by one and ends; resolves with all that was answered. */
async function send(port: number, pieces: readonly Buffer[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const answer = collect(socket);
  for (const piece of pieces) if (socket.writable) socket.write(piece);
  socket.end();
  return answer;
}

describe("whatever bytes a sender puts together", () => {
  it("it is answered as what it is or not at all, a 2xx is one delivery kept, and an honest sender is served", async () => {
    await using listener = await startTestListener();
    await fc.assert(
      fc.asyncProperty(fc.array(anyPiece, { minLength: 1, maxLength: 12 }), async (pieces) => {
        const before = listener.records.length;

        const answer = await send(listener.port, pieces);

        const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
        expect(
          statuses.every((status) => [100, 202, 400, 405, 408, 413, 417, 431].includes(status)),
          answer,
        ).toBe(true);
        const kept = listener.records.slice(before);
        const accepted = statuses.filter((status) => status === 202).length;
        expect(kept.filter(({ status }) => status === 202).length).toBeGreaterThanOrEqual(accepted);
        for (const { arrival, status } of kept) {
          // What is accepted arrived whole, and its bytes are some of those that were sent.
          if (status === 202) expect(arrival.incomplete).toBeUndefined();
          expect(Buffer.concat(pieces).length).toBeGreaterThanOrEqual(arrival.body.length);
        }
        expect(await exchange(listener.port, HONEST)).toMatch(/^HTTP\/1\.1 202 /);
        expect(listener.records.at(-1)?.arrival).toMatchObject({ path: "/honest" });
      }),
      { numRuns: times(300) },
    );
  });

  it.each([
    ["POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    ["POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400],
    ["GET /\r\n\r\n", 202],
    ["GET /\x00 HTTP/1.1\r\n\r\n", 400],
    ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(300_000)}\r\n\r\n`, 431],
    [`GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${"a: b\r\n".repeat(16_000)}\r\n`, 202],
    ["GET http://evil.example/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 202],
  ])("answers %j with %i", async (bytes, status) => {
    await using listener = await startTestListener();
    expect(await exchange(listener.port, bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});
