import { createHmac } from "node:crypto";

/**
 * The signature that api.video sends with a body: lowercase hex of HMAC-SHA256 over the raw bytes, keyed with the whole
 * secret, `sig_sec_` included (https://docs.api.video/reference/create-and-manage-webhooks, whose example it reproduces).
 */
export function signBody(body: Uint8Array, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}
