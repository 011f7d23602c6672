import { createHmac } from "node:crypto";
import { createClock } from "#core/lib/clock.ts";
import { openStore } from "#core/store/store.ts";
import type { NewAttempt, NewDelivery } from "#core/store/stored-delivery.ts";

const CHUNK = 500;
const QUALITIES = ["240p", "360p", "480p", "720p", "1080p"];
const SPACING_MS = 100;

/**
 * Puts `count` deliveries of many videos into the data folder and has all of them indexed. Of a hundred, `failed` have a
 * signature that does not fit, and `forwarded` an answer of the user's server.
 */
export async function fillStore(
  dataDir: string,
  count: number,
  { failed = 2, forwarded = 90 }: { failed?: number; forwarded?: number } = {},
): Promise<void> {
  await using store = await openStore({
    dataDir,
    limits: { maxDeliveries: count * 2, maxBytes: Number.MAX_SAFE_INTEGER },
    clock: createClock(),
    log: { info() {}, warn() {}, error: (event, error) => console.error(event, error) },
    onRemoved() {},
    onCounts() {},
    onLost() {},
  });
  const start = Date.now() - count * SPACING_MS;
  for (let first = 0; first < count; first += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, count - first) }, (_, index) => first + index);
    const kept = await Promise.all(
      numbers.map((n) => store.append(deliveryOf(n, start + n * SPACING_MS, n % 100 < failed))),
    );
    for (const [index, { answered }] of kept.entries()) answered(start + (first + index) * SPACING_MS + 3);
    const sent = kept.filter((_, index) => index % 100 >= 100 - forwarded);
    await Promise.all(sent.map(({ id }, index) => store.addAttempt(attemptOf(id, index))));
  }
  await store.list("indexed", {}, 1);
}

function attemptOf(deliveryId: string, n: number): NewAttempt {
  return {
    deliveryId,
    kind: "forward",
    target: "http://localhost:3000/api/webhook",
    startedAt: Date.now(),
    ms: 4,
    outcome: {
      kind: "answered",
      status: n % 100 === 1 ? 500 : 200,
      headers: [["content-type", "application/json"]],
      bodyBase64: "eyJvayI6dHJ1ZX0=",
      bodyBytes: 11,
    },
  };
}

function deliveryOf(n: number, receivedAt: number, isFailed: boolean): NewDelivery {
  const videoId = `vi${n.toString(36).padStart(22, "0")}`;
  const quality = QUALITIES[n % QUALITIES.length];
  const emittedAt = new Date(receivedAt).toISOString();
  const body = JSON.stringify({
    type: "video.encoding.quality.completed",
    emittedAt,
    videoId,
    encoding: "hls",
    quality,
  });
  return {
    receivedAt,
    lastByteAt: receivedAt + 1,
    verifiedAt: receivedAt + 1.5,
    source: "received",
    method: "POST",
    path: "/hooks",
    type: "video.encoding.quality.completed",
    detail: `hls ${quality}`,
    emittedAt,
    subject: { videoId },
    verification: isFailed ? { state: "failed", cause: "wrong-secret" } : { state: "verified" },
    webhookId: "webhook_bench",
    status: 202,
    rawHeaders: [
      "Host",
      "inspector.example.com",
      "Content-Type",
      "application/json",
      "X-Api-Video-WebhookID",
      "webhook_bench",
      "X-Api-Video-Signature",
      createHmac("sha256", "sig_sec_bench").update(body).digest("hex"),
    ],
    body: Buffer.from(body),
  };
}
