const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as text, U+FFFD for what is not UTF-8. A BOM is a character like any other: it counts for the signature. */
export function decodeUtf8(bytes: Uint8Array): string {
  return LENIENT.decode(bytes);
}

/**
 * Bytes as text, a BOM kept, or null where they are not UTF-8. With `isCut` they are the beginning of more: a character
 * that was cut in two at the end is left out and no fault.
 */
export function readUtf8(bytes: Uint8Array, isCut = false): string | null {
  try {
    // What was left out stays in a decoder, so that a part has one of its own.
    const decoder = isCut ? new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }) : STRICT;
    return decoder.decode(bytes, { stream: isCut });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
