import { randomBytes } from "node:crypto";

/** Lower-case letters and digits, one for each of `bytes` random bytes (36 values of each; 5.1 bits of entropy). */
export function randomId(bytes: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  let text = "";
  while (text.length < bytes) {
    // 252 is the largest multiple of 36 in a byte: above it the first letters would be likelier.
    for (const byte of randomBytes(bytes)) if (byte < 252 && text.length < bytes) text += alphabet[byte % 36];
  }
  return text;
}
