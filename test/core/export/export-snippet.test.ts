import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { whyNoSnippet } from "#core/export/snippet-fit.ts";
import { openSnippets } from "#core/export/to-snippet.ts";
import type { SnippetLanguage } from "#shared/contract/export-commands.ts";
import { type HeaderPairs, headerValue, toHeaderPairs } from "#shared/domain/headers.ts";
import { encodingEvent } from "../../helpers/api-video-delivery.ts";
import { times } from "../../helpers/fuzz.ts";
import { type Sent, toExported } from "../../helpers/generated-deliveries.ts";
import { type Receiver, startReceiver } from "../../helpers/receiver.ts";
import { RUN_HERE, runSnippets } from "./run-code.ts";

const SLOW = { timeout: times(120_000) };
const SIGNATURE = "X-Api-Video-Signature";
const sign = (body: Uint8Array) => createHmac("sha256", "sig_sec").update(body).digest("hex");

/** What ends strings and lines, is put in, run or read as a comment in one language or the other. */
const HOSTILE = `'"\`\\ \\' \\" \x24{exit(7)} #{exit 7} $PATH $(id) {$argv} #$0 %s \\u0022 \\n // # */ 'value-0001-' <?php ?> \\`;
const HOSTILE_HEADERS: HeaderPairs = [
  ["X-Zeta", HOSTILE],
  ["content-type", "application/json; charset=utf-8"],
  ["#$0", "name"],
  ["x-'`|~!*", "name"],
  ["7", "name"],
  ["User-Agent", "api.video;"],
];

function delivery(change: Partial<Sent>) {
  return { method: "POST", path: "/", headers: [], body: new Uint8Array(), receivedAt: new Date(0), ...change };
}

async function sendAsCode(language: SnippetLanguage, deliveries: readonly Sent[], receiver: Receiver): Promise<void> {
  const { toSnippet } = await openSnippets(language);
  const target = new URL(receiver.url);
  await runSnippets(
    language,
    deliveries.map((one, index) => toSnippet(toExported(one, index), target)),
  );
}

/** A path of what may stand in one, near to what clients write otherwise. */
const path = fc
  .array(
    fc.constantFrom(
      ..."/..?%=&aZ09-._~!$()*+,;:@'\"|",
      ..."%2F %2f %41 %7E %22 %5C %C3%A9 %zz // /. /.. ?a=b ../".split(" "),
    ),
    { maxLength: 12 },
  )
  .map((parts) => `/${parts.join("")}`);
const value = fc.string({ unit: fc.constantFrom(..."'\"`\\$#{}%()=;,@x \t", "\x24{", "#{", "\\u0022"), minLength: 1 });
const sendable = fc
  .record({
    method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
    path,
    headers: fc.uniqueArray(
      fc.tuple(fc.string({ unit: fc.constantFrom(..."aZ0!#$%&'*+.^`|~-"), minLength: 2 }), value),
      {
        selector: ([name]) => name.toLowerCase(),
        maxLength: 4,
      },
    ),
    body: fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
    receivedAt: fc.constant(new Date(0)),
  })
  .filter((one) => whyNoSnippet(toExported(one, 0), new URL("http://localhost")) === null);

describe.each(RUN_HERE)("a delivery as code in %s", (language) => {
  it("sends the same bytes, signature and path, whatever they mean in its language", SLOW, async () => {
    await using receiver = await startReceiver();
    const url = "/a-b_c.d~e!$&()*+,;=:@/x?y=$HOME&z=%C3%A9%2F%22%27%5C%7B?";
    const deliveries = [
      encodingEvent(),
      `${HOSTILE}\n\r\n\t\0 é 😀 \u2028 \u202e \ufeff ${HOSTILE}`,
      '\ufeff{ "n" : 1.0,\r\n "a":"\\u00e9\\/", "a":2 }\n',
      "\0'\"\\".repeat(8_000),
    ].map((text) => {
      const body = Buffer.from(text);
      const own: HeaderPairs = [
        ["Host", "of.the.tunnel"],
        ["Content-Length", "9"],
        ["x-empty", ""],
      ];
      return delivery({ path: url, body, headers: [...own, ...HOSTILE_HEADERS, [SIGNATURE, sign(body)]] });
    });

    await sendAsCode(language, deliveries, receiver);

    expect(receiver.requests).toMatchObject(deliveries.map(({ body }) => ({ method: "POST", url, body })));
    for (const { rawHeaders, body } of receiver.requests) {
      const received = toHeaderPairs(rawHeaders);
      for (const [name, sent] of [...HOSTILE_HEADERS, [SIGNATURE, sign(body)] as const]) {
        const found = received.filter(([key]) => key.toLowerCase() === name.toLowerCase());
        expect(found).toEqual([[expect.anything(), sent]]);
      }
      expect(headerValue(received, "host")).toBe(new URL(receiver.url).host);
    }
  });

  it(
    "sends every method that it is made for, with a body where it mostly has none and the other way round",
    SLOW,
    async () => {
      await using receiver = await startReceiver();
      // Those that mostly have a body without one, and the others with one.
      const methods = { GET: "x", POST: "", PUT: "", PATCH: "", DELETE: "x" };
      const deliveries = Object.entries(methods).map(([method, text]) => delivery({ method, body: Buffer.from(text) }));

      await sendAsCode(language, deliveries, receiver);

      expect(receiver.requests).toMatchObject(deliveries.map(({ method, body }) => ({ method, body })));
    },
  );

  it("sends exactly whatever it is made for, with a header that stands twice as one", SLOW, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sendable, { minLength: 6, maxLength: 8, size: "max" }), async (deliveries) => {
        await using receiver = await startReceiver();
        const doubled = deliveries.map((one) => ({
          ...one,
          headers: [["X-Double", "1"], ...one.headers, ["x-double", "2"]] satisfies HeaderPairs,
        }));

        await sendAsCode(language, doubled, receiver);

        expect(receiver.requests.map(({ method, url, body }) => [method, url, body.toString()])).toEqual(
          deliveries.map(({ method, path: url, body }) => [method, url, Buffer.from(body).toString()]),
        );
        for (const [index, { headers }] of deliveries.entries()) {
          const received = toHeaderPairs(receiver.requests[index]?.rawHeaders ?? []);
          expect(headerValue(received, "x-double")).toBe("1, 2");
          for (const [name, sent] of headers) expect(headerValue(received, name) ?? "").toBe(sent.trim());
        }
      }),
      { numRuns: times(1) },
    );
  });
});
