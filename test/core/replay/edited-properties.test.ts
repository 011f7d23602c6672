import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HeaderPairs, headerValue, SIGNATURE_HEADER } from "#shared/domain/headers.ts";
import { headerFate, headerNameFault, headerValueFault, methodFault, pathFault } from "#shared/domain/request-edits.ts";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { times } from "../../helpers/fuzz.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { startRawTarget } from "./raw-target.ts";

const WEBHOOK = "webhook_4TqZc8WmR1yKdVb";
const SECRET = "sig_sec_TestVector0000000000001";

/** Any character of one byte, and some of more: what may be sent is what the checks find no fault with. */
const characters = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code)) },
  { weight: 1, arbitrary: fc.constantFrom("€", "\u2028", "\ud83d\ude00") },
);
const text = (maxLength: number) => fc.string({ unit: characters, maxLength });
const tokens = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/);

const oneByte = (...codes: readonly (readonly [number, number])[]) =>
  fc.oneof(...codes.map(([min, max]) => fc.integer({ min, max }))).map((code) => String.fromCharCode(code));
const values = fc
  .string({ unit: oneByte([0x09, 0x09], [0x20, 0x7e], [0x80, 0xff]), maxLength: 40 })
  .map((value) => value.replace(/^[\t ]+|[\t ]+$/g, ""));
/** Mostly what may be sent. */
const mostly = (legal: fc.Arbitrary<string>, any: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 40, arbitrary: legal }, { weight: 1, arbitrary: any });
const headerPairs = fc.array(
  fc.tuple(
    mostly(fc.oneof(tokens, fc.constantFrom("X-Api-Video-Signature", "cookie", "__proto__")), text(8)),
    mostly(values, text(40)),
  ),
  { maxLength: 8 },
);
const paths = mostly(
  fc.string({ unit: oneByte([0x21, 0x22], [0x24, 0x7e], [0x80, 0xff]), maxLength: 40 }).map((path) => `/${path}`),
  text(40),
);
const methods = mostly(fc.constantFrom("POST", "PUT", "PATCH", "DELETE", "QUERY"), text(6));
const bodies = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.constantFrom('{"é":"€😀"}', "\ufeff{}", "\0\r\n"),
  fc.uint8Array({ maxLength: 500 }).map((bytes) => ({ base64: Buffer.from(bytes).toString("base64") })),
);

describe("any edit", () => {
  it("reaches the wire as it was written, signed so that a receiver's own check passes, or is refused whole", async () => {
    await using target = await startRawTarget();
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await client.call("secrets.set", { kind: "webhook", webhookId: WEBHOOK, value: SECRET });
    const original = Buffer.from([0, 255, 123, 34, 10, 13]);
    await sendDelivery(`${started.engine.listenerUrl}/hook`, { webhookId: WEBHOOK, secret: SECRET, body: original });
    const before = await client.call("deliveries.get", { id: "d1" });
    let sent = 0;

    await fc.assert(
      fc.asyncProperty(methods, paths, headerPairs, bodies, async (method, path, pairs, body) => {
        const headers: HeaderPairs = [...pairs, ["X-Api-Video-WebhookID", WEBHOOK]];
        const isLegal =
          methodFault(method) === null &&
          pathFault(path) === null &&
          pairs.every(([name, value]) => headerNameFault(name) === null && headerValueFault(value) === null);
        const before = target.requests.length;

        const attempt = await client
          .call("replay.send", {
            id: "d1",
            target: target.url,
            edits: { method, path, headers, body },
            sign: "webhook",
          })
          .catch((error: unknown) => error);

        if (!isLegal) {
          expect(attempt).toMatchObject({ code: "input.invalid" });
          expect(target.requests).toHaveLength(before);
          return;
        }
        sent += 1;
        const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body.base64, "base64");
        const signature = createHmac("sha256", SECRET).update(bytes).digest("hex");
        const request = target.requests.at(-1);
        expect(request?.requestLine).toBe(`${method} ${path} HTTP/1.1`);
        expect(request?.body).toEqual(bytes);
        expect(headerValue(request?.headers ?? [], SIGNATURE_HEADER)).toBe(signature);
        const rest = (list: HeaderPairs) =>
          list.filter(([name]) => headerFate(name) === "sent" && name.toLowerCase() !== SIGNATURE_HEADER);
        expect(rest(request?.headers ?? [])).toEqual(rest(headers));
      }),
      { numRuns: times(150) },
    );

    expect(sent).toBeGreaterThan(50);
    expect((await client.call("deliveries.list", { query: "is:edited sig:verified" })).total).toBe(sent);
    const { attempts, ...after } = await client.call("deliveries.get", { id: "d1" });
    expect({ ...after, attempts }).toEqual(before);
    expect(Buffer.from((await client.call("deliveries.body", { id: "d1" })).base64, "base64")).toEqual(original);
  });
});
