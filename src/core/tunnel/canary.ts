import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A small request of our own that only we can make and only our listener can answer rightly. */
export interface Canary {
  /** Where it goes, below the public URL. New with each run, so that nobody else can know it. */
  readonly path: string;
  request(): CanaryRequest;
  /** The answer to a request that came in; null for everything that is not a canary of this run. */
  answer(request: { readonly path: string; readonly body: Uint8Array }): string | null;
}

export interface CanaryRequest {
  readonly body: Buffer;
  /** What an honest path brings back: it depends on every byte of the body. */
  readonly expected: string;
}

const NONCE_BYTES = 24;
const MAC_BYTES = 32;
/** Bytes of every kind: a path that decodes or re-encodes bodies does not pass. */
const FILLER = Buffer.from([...Array(128).keys()].map((n) => (n * 2 + 1) % 256));

/**
 * A canary proves the whole path: public URL, relay, tunnel and listener, with bytes unchanged. Its body is a nonce,
 * filler and an HMAC with a key of this run; the answer is another HMAC over the body as it arrived.
 */
export function createCanary(): Canary {
  const key = randomBytes(32);
  const path = `/.well-known/${randomBytes(16).toString("hex")}`;
  const mac = (purpose: string, bytes: Uint8Array) => createHmac("sha256", key).update(purpose).update(bytes).digest();
  const answerTo = (body: Uint8Array) => mac("answer", createHash("sha256").update(body).digest()).toString("hex");

  return {
    path,
    request() {
      const content = Buffer.concat([randomBytes(NONCE_BYTES), FILLER]);
      const body = Buffer.concat([content, mac("request", content)]);
      return { body, expected: answerTo(body) };
    },
    answer(request) {
      // A public URL may have a path of its own before ours, which its proxy passes on or not.
      if (!request.path.endsWith(path)) return null;
      const { body } = request;
      if (body.length !== NONCE_BYTES + FILLER.length + MAC_BYTES) return null;
      const content = body.subarray(0, -MAC_BYTES);
      return timingSafeEqual(mac("request", content), body.subarray(-MAC_BYTES)) ? answerTo(body) : null;
    },
  };
}
