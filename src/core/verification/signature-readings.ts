import type { SignatureEncoding } from "#shared/domain/verification.ts";

/** The bytes that a signature header may stand for, and what had to be undone to read them, outermost first. */
export interface SignatureReading {
  readonly bytes: Buffer;
  readonly encodings: readonly SignatureEncoding[];
}

/** The longest notation tried is 128 hex digits with a prefix and white space; the rest is noise. */
const MAX_LENGTH = 500;

/** Every way in which the text can be read as bytes. None for text that is no notation of bytes. */
export function readSignature(text: string): SignatureReading[] {
  if (text.length > MAX_LENGTH) return [];
  const encodings: SignatureEncoding[] = [];
  const trimmed = text.trim();
  if (trimmed !== text) encodings.push("whitespace");
  // `sha256=…` is how GitHub and many others write it.
  const digits = trimmed.replace(/^[a-z][a-z0-9_-]{0,19}[=:]\s*/i, "");
  if (digits !== trimmed) encodings.push("prefix");

  // Hex digits alone are never read as base64: a digest in base64 that happens to have no other characters does not occur.
  if (/^(?:[0-9a-f]{2})+$/i.test(digits)) {
    const isLowerCase = digits === digits.toLowerCase();
    return [{ bytes: Buffer.from(digits, "hex"), encodings: isLowerCase ? encodings : [...encodings, "uppercase"] }];
  }
  const readings: SignatureReading[] = [];
  for (const encoding of ["base64", "base64url"] as const) {
    const bytes = Buffer.from(digits, encoding);
    // Node skips what is not base64; only text that comes back the same was base64.
    const isWhole = bytes.toString(encoding).replace(/=+$/, "") === digits.replace(/={1,2}$/, "");
    if (isWhole) readings.push({ bytes, encodings: [...encodings, encoding] });
  }
  return readings;
}
