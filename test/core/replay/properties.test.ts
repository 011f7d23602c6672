import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { times } from "../../helpers/fuzz.ts";
import { startRawTarget } from "./raw-target.ts";
import { replayerFixture } from "./replayer-fixture.ts";
import { answerOf, send } from "./send.ts";
import { headerNames, headerValues, oneByte } from "./wire/answers.ts";

/** What is never sent again, or is written anew. */
const OWN_MEANING =
  /^(?:host|content-length|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|x-inspector-replay-of|proxy-.*)$/i;

const resentNames = fc
  .oneof(headerNames, fc.constantFrom("Cookie", "Set-Cookie", "DATE", "__proto__"))
  .filter((name) => !OWN_MEANING.test(name));
const headerPairs = fc.array(fc.tuple(resentNames, headerValues), { maxLength: 12 });
const bodies = fc.uint8Array({ maxLength: 4_000 });
/** Whatever a request line can carry. */
const paths = fc
  .string({ unit: oneByte([0x21, 0x22], [0x24, 0x7e], [0x80, 0xff]), maxLength: 80 })
  .map((text) => `/${text}`);

describe("any delivery", () => {
  it("is sent again with the same path, headers and body, byte for byte", async () => {
    const delivery = { method: "POST", path: "/", headers: [] as HeaderPairs, body: new Uint8Array() };
    await using target = await startRawTarget();
    await using fixture = replayerFixture({}, { load: async () => delivery });
    await fc.assert(
      fc.asyncProperty(paths, headerPairs, bodies, async (path, headers, body) => {
        Object.assign(delivery, { path, headers, body });

        await fixture.replayer.replay("d1", target.url);

        const request = target.requests.at(-1);
        expect(request?.requestLine).toBe(`POST ${path} HTTP/1.1`);
        expect(request?.headers).toEqual([
          ["Host", `127.0.0.1:${target.port}`],
          ...headers,
          ["Content-Length", String(body.length)],
          ["X-Inspector-Replay-Of", "d1"],
        ]);
        expect(request?.body).toEqual(Buffer.from(body));
      }),
      { numRuns: times(200) },
    );
  });
});

describe("any answer", () => {
  const statuses = fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304);

  it("is kept with the same status, headers and body, byte for byte", async () => {
    const answer = { head: "", body: Buffer.alloc(0) };
    await using target = await startRawTarget({
      onRequest(socket) {
        socket.write(answer.head, "latin1");
        socket.end(answer.body);
      },
    });
    await fc.assert(
      fc.asyncProperty(statuses, headerPairs, bodies, async (status, pairs, body) => {
        const headers: HeaderPairs = [...pairs, ["Content-Length", String(body.length)]];
        const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
        Object.assign(answer, { head: `HTTP/1.1 ${status} \r\n${lines}\r\n`, body: Buffer.from(body) });

        const kept = answerOf(await send(target.url));

        expect(kept).toMatchObject({ status, headers, bodyBytes: body.length });
        expect(kept.body).toEqual(Buffer.from(body));
      }),
      { numRuns: times(200) },
    );
  });

  it("is an outcome, whatever bytes come", async () => {
    const answer = { bytes: Buffer.alloc(0) };
    await using target = await startRawTarget({ onRequest: (socket) => socket.end(answer.bytes) });
    const pieces = fc.oneof(
      fc.constantFrom("HTTP/1.1 200 OK\r\n", "HTTP/1.0 ", "101 Switching Protocols\r\n", "\r\n", "0\r\n\r\n", ": "),
      fc.constantFrom("Content-Length", "Transfer-Encoding: chunked\r\n", "Connection: Upgrade\r\nUpgrade: x\r\n", "7"),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (texts) => {
        answer.bytes = Buffer.from(texts.join(""), "latin1");

        const { outcome } = await send(target.url);

        expect(["answered", "reset", "protocol"]).toContain(
          outcome.kind === "answered" ? outcome.kind : outcome.reason,
        );
      }),
      { numRuns: times(300) },
    );
  });
});
