import { createHmac, timingSafeEqual } from "node:crypto";

/** A webhook's secret, or the bytes that somebody made of it. Text counts as UTF-8. */
export type SecretKey = string | Uint8Array;

/** Which HMACs are known here; api.video uses SHA-256. */
export type HmacAlgorithm = "sha1" | "sha256" | "sha384" | "sha512";

/** The 32 bytes of a signature written as api.video writes it, 64 lower-case hex digits; null for any other text. */
export function parseSignature(text: string): Buffer | null {
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, "hex") : null;
}

/** True where the body was signed with this secret. Takes the same time wherever the two differ. */
export function fits(signature: Uint8Array, secret: SecretKey, body: Uint8Array): boolean {
  return isSame(signature, hmac("sha256", secret, body));
}

export function hmac(algorithm: HmacAlgorithm, secret: SecretKey, body: Uint8Array): Buffer {
  return createHmac(algorithm, secret).update(body).digest();
}

/** Compares two digests in constant time; only their lengths, which are no secret, show. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
