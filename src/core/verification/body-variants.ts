import type { BodyVariant } from "#shared/domain/verification.ts";

export interface VariedBody {
  readonly variant: BodyVariant;
  readonly bytes: Buffer;
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** What may have been signed before something on the way touched the bytes. Variants that change nothing are left out. */
export function bodyVariants(received: Uint8Array): VariedBody[] {
  const body = Buffer.from(received.buffer, received.byteOffset, received.byteLength);
  // One character per byte: replacing characters replaces bytes.
  const characters = body.toString("latin1");
  const variants: VariedBody[] = [
    { variant: "newline-removed", bytes: latin1(characters.replace(/\r?\n$/, "")) },
    { variant: "trimmed", bytes: latin1(trimAscii(characters)) },
    { variant: "newline-added", bytes: latin1(`${characters}\n`) },
    { variant: "newline-added", bytes: latin1(`${characters}\r\n`) },
    { variant: "crlf-to-lf", bytes: latin1(characters.replaceAll("\r\n", "\n")) },
    { variant: "lf-to-crlf", bytes: latin1(characters.replace(/\r?\n/g, "\r\n")) },
    { variant: "bom-removed", bytes: body.subarray(body.indexOf(BOM) === 0 ? BOM.length : 0) },
    { variant: "bom-added", bytes: Buffer.concat([BOM, body]) },
    { variant: "latin1-to-utf8", bytes: Buffer.from(characters, "utf8") },
    { variant: "utf8-to-latin1", bytes: toLatin1(body) },
  ];
  return variants.filter(({ bytes }) => !bytes.equals(body));
}

function latin1(characters: string): Buffer {
  return Buffer.from(characters, "latin1");
}

/** By index, not by a pattern: `\s+$` takes quadratic time on hostile runs of spaces. */
function trimAscii(characters: string): string {
  let start = 0;
  let end = characters.length;
  while (start < end && isAsciiSpace(characters.charCodeAt(start))) start += 1;
  while (end > start && isAsciiSpace(characters.charCodeAt(end - 1))) end -= 1;
  return characters.slice(start, end);
}

function isAsciiSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Undoes "UTF-8 taken for latin1 and encoded again"; the same bytes where they cannot come from that, or are no UTF-8. */
function toLatin1(body: Buffer): Buffer {
  const text = body.toString("utf8");
  const bytes = latin1(text);
  return bytes.toString("latin1") === text ? bytes : body;
}
