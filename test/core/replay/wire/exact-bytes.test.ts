import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { createSender } from "#core/replay/sender.ts";
import { type HeaderPairs, headerValue } from "#shared/domain/headers.ts";
import { times } from "../../../helpers/fuzz.ts";
import { startRawTarget } from "../raw-target.ts";
import { headerNames, headerValues } from "./answers.ts";

const SECRET = "sig_sec_test";
const { signal } = new AbortController();

/** Sends to a target that keeps its connections, and gives what it read. */
async function startWire() {
  const target = await startRawTarget({
    onRequest: (socket) => void socket.write("HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"),
  });
  const sender = createSender({ clock: createClock(), allowedTargets: () => [] });
  return {
    host: `127.0.0.1:${target.port}`,
    async send(request: { path?: string; headers?: HeaderPairs; body: Uint8Array }) {
      const destination = await sender.resolve(target.url, signal);
      await sender.send({ method: "POST", path: "/hook", headers: [], ...request }, destination, [], signal);
      const read = target.requests.at(-1);
      if (read === undefined) throw new Error("Nothing came.");
      return read;
    },
    async [Symbol.asyncDispose]() {
      await sender[Symbol.asyncDispose]();
      await target[Symbol.asyncDispose]();
    },
  };
}

/** One event, padded to this length. */
function eventOf(bytes: number): string {
  return JSON.stringify({ type: "video.encoding.quality.completed", padding: "\u00e9".repeat(bytes / 2) });
}

// The shapes that relays are known to change: whoever parses and writes anew, or knows texts only, breaks the signature.
describe("the signature at the target fits a body", () => {
  it.each([
    ["that is compact", '{"type":"video.encoding.quality.completed","videoId":"vi1"}'],
    ["that is indented", JSON.stringify({ type: "video.source.recorded", nested: { a: [1, 2] } }, null, 2)],
    ["with escaped slashes", '{"url":"https:\\/\\/ws.api.video\\/videos"}'],
    ["with escaped letters", '{"title":"Caf\\u00e9 \\ud83d\\ude00"}'],
    ["with 1.0 and 1e2", '{"duration":1.0,"size":1e2,"zero":-0}'],
    ["with a number that no double holds", '{"id":12345678901234567890123}'],
    ["with a key twice", '{"a":1,"a":2}'],
    ["with __proto__", '{"__proto__":{"a":1},"constructor":2}'],
    ["with a byte order mark and a newline at the end", '\ufeff{"a":1}\r\n'],
    ["that is no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80, 0x0d, 0x0a, 0x0d, 0x0a, 0x7d])],
    ["that is empty", ""],
    ["of 0.9 MB", eventOf(900_000)],
    ["of 1.1 MB", eventOf(1_100_000)],
    ["of 5 MB", eventOf(5_000_000)],
  ])("%s", async (_case, content) => {
    const body = Buffer.from(content);
    const signature = createHmac("sha256", SECRET).update(body).digest("hex");
    await using wire = await startWire();

    const read = await wire.send({ headers: [["X-Api-Video-Signature", signature]], body });

    expect(read.body.equals(body)).toBe(true);
    expect(createHmac("sha256", SECRET).update(read.body).digest("hex")).toBe(
      headerValue(read.headers, "x-api-video-signature"),
    );
  });
});

describe("any delivery", () => {
  const own =
    /^(?:host|content-length|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|x-inspector-replay-of|proxy-.*)$/i;
  const pairs = fc
    .array(fc.tuple(fc.oneof(headerNames, fc.constantFrom("Cookie", "cookie", "X-A", "x-a")), headerValues), {
      maxLength: 20,
    })
    .map((headers) => headers.filter(([name]) => !own.test(name)));
  const lengths = fc.oneof(
    { weight: 6, arbitrary: fc.nat(2_000) },
    { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 70_000 }) },
    { weight: 1, arbitrary: fc.nat(1_000_000) },
  );
  const bodies = fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 600 }), lengths)
    .map(([bytes, length]) => Buffer.alloc(length, bytes));

  it("goes over the wire as these bytes and no others", async () => {
    await using wire = await startWire();
    await fc.assert(
      fc.asyncProperty(pairs, bodies, async (headers, body) => {
        const stored: HeaderPairs = [["hOST", "elsewhere"], ...headers, ["content-LENGTH", "1"]];

        const read = await wire.send({ headers: stored, body });

        const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
        const head = `POST /hook HTTP/1.1\r\nhOST: ${wire.host}\r\n${lines}content-LENGTH: ${body.length}\r\n\r\n`;
        expect(read.bytes.equals(Buffer.concat([Buffer.from(head, "latin1"), body]))).toBe(true);
      }),
      { numRuns: times(300) },
    );
  });

  it("carries every byte that a header can hold", async () => {
    const legal = Array.from({ length: 256 }, (_, code) => code).filter((code) => code > 0x1f && code !== 0x7f);
    const value = `a\t${String.fromCharCode(...legal)}z`;
    await using wire = await startWire();

    const { headers } = await wire.send({ headers: [["X-All", value]], body: Buffer.from("{}") });

    expect(headerValue(headers, "x-all")).toBe(value);
  });

  it("comes with head and body in one piece where it is small", async () => {
    await using wire = await startWire();
    const pieces: number[] = [];

    for (let n = 0; n < 20; n += 1) pieces.push((await wire.send({ body: Buffer.from('{"a":1}') })).pieces);

    expect(new Set(pieces)).toEqual(new Set([1]));
  });
});
