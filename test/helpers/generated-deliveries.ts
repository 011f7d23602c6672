import fc from "fast-check";
import type { ExportedDelivery } from "#core/export/exporter.ts";
import { readPayload } from "#shared/api-video/payload.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";

const textOf = (chars: string, minLength: number, maxLength = 30) =>
  fc.string({ unit: fc.constantFrom(...chars), minLength, maxLength });
const LATIN1 = Array.from({ length: 0xff - 0x20 }, (_, n) => String.fromCharCode(0x21 + n)).join("");
const VALUE = `\t ${LATIN1.replace("\x7f", "").replace(/[\x80-\x9f]/g, "")}`;
const token = textOf("!#$%&'*+.^_`|~09AZaz-", 1);

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
  readonly receivedAt: Date;
}

/** Any request that HTTP can carry. */
export const sent: fc.Arbitrary<Sent> = fc.record({
  method: token,
  path: textOf(LATIN1, 1),
  headers: fc.array(fc.tuple(token, textOf(VALUE, 0)), { maxLength: 6 }),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.string({ unit: "binary", maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
    fc.json().map((text) => new TextEncoder().encode(text)),
  ),
  receivedAt: fc.date({ min: new Date("2000-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
});

/** Such a request as it would be exported, were it the delivery with this index. */
export function toExported({ method, path, headers, body, receivedAt }: Sent, index: number): ExportedDelivery {
  const summary = {
    ...{ id: `d${index + 1}`, receivedAt: receivedAt.toISOString(), source: "received" as const, pinned: false },
    ...{ method, path, type: null, subject: {}, verification: { state: "unsigned" as const }, answered: null },
    ...{ bodyBytes: body.length, attempts: 0 },
  };
  return { summary, path, headers, body, isBodyChanged: false, ...readPayload("") };
}
