import { createHmac } from "node:crypto";

/** Sends a delivery as api.video would, signed with `secret` (undefined: without a signature). */
export async function sendDelivery(
  url: string,
  options: { webhookId?: string; secret?: string; body?: string | Buffer; headers?: Record<string, string> } = {},
): Promise<Response> {
  const body = Buffer.from(options.body ?? encodingEvent());
  const headers: Record<string, string> = { "Content-Type": "application/json", ...options.headers };
  if (options.webhookId) headers["X-Api-Video-WebhookID"] = options.webhookId;
  if (options.secret)
    headers["X-Api-Video-Signature"] = createHmac("sha256", options.secret).update(body).digest("hex");
  return fetch(url, { method: "POST", headers, body });
}

/** An event body in api.video's own key order. */
export function encodingEvent(fields: Record<string, string> = {}): string {
  return JSON.stringify({
    type: "video.encoding.quality.completed",
    emittedAt: new Date().toISOString(),
    videoId: "vi3kT9sHqWcJr5DxUe7BgNoZ",
    encoding: "hls",
    quality: "720p",
    ...fields,
  });
}
