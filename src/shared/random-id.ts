const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Lower-case letters and digits, each of 36 values alike (5.1 bits of entropy), in a page as in Node. */
export function randomId(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      // 252 is the largest multiple of 36 in a byte: above it the first letters would be likelier.
      if (byte < 252 && text.length < length) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}
