/** Sixteen bytes a line, as a reader of dumps expects them. */
const BYTES_PER_LINE = 16;
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes as pairs of hex digits, sixteen a line. */
export function toHexText(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    lines.push(Array.from(bytes.subarray(at, at + BYTES_PER_LINE), (byte) => DIGITS[byte]).join(" "));
  }
  return lines.join("\n");
}

export type HexReading =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "fault"; readonly message: string };

/** The bytes that hex digits stand for, however they are spaced; or which line has something else, or half a byte. */
export function readHexText(text: string): HexReading {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (const [index, line] of text.split("\n").entries()) {
    for (const word of line.split(/\s+/)) {
      const fault = wordFault(word);
      if (fault !== null) return { kind: "fault", message: `Line ${index + 1}: ${fault}` };
      for (let at = 0; at < word.length; at += 2) bytes[length++] = Number.parseInt(word.slice(at, at + 2), 16);
    }
  }
  return { kind: "bytes", bytes: bytes.slice(0, length) };
}

const MAX_QUOTED = 12;

function wordFault(word: string): string | null {
  const stranger = /[^0-9a-f]/iu.exec(word)?.[0];
  if (stranger !== undefined) return `${JSON.stringify(stranger)} is no hex digit.`;
  return word.length % 2 === 0 ? null : `${word.slice(0, MAX_QUOTED)} is half a byte too much; each has two digits.`;
}
