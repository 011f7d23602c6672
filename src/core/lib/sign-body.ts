import { createHmac } from "node:crypto";

/**
 * api.video's signature: lowercase hex HMAC-SHA256 of the raw bytes with the whole secret, prefix included
 * (https://docs.api.video/reference/create-and-manage-webhooks).
 */
export function signBody(body: Uint8Array, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}
