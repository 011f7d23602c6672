/**
 * 10 000 deliveries through the sender against autocannon at the same target, in turns in the same run. Both run in this
 * process, the target in one of its own. The goal is half of autocannon's rate.
 */
import { createHmac } from "node:crypto";
import { cpus } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { createClock } from "#core/lib/clock.ts";
import { createSender, type StoredRequest } from "#core/replay/sender.ts";
import { startBareServer } from "./servers.ts";

const DELIVERIES = 10_000;
const ROUNDS = 3;
const AUTOCANNON_SECONDS = 3;
const CONCURRENCIES = [10, 50];
const BODY_BYTES = 600;

const { signal } = new AbortController();
await using target = await startBareServer(join(import.meta.dirname, "bare-server.ts"));
await using sender = createSender({ clock: createClock(), allowedTargets: () => [] });
const deliveries = Array.from({ length: DELIVERIES }, (_, n) => deliveryOf(n));

console.log(`replay: ${DELIVERIES} deliveries of ${BODY_BYTES} bytes, ${cpus().length} cores, Node ${process.version}`);
// Both are compiled while they run: what is compared is a long run, not the first second.
await loadWithAutocannon(10);
await sendAll(10);
for (const concurrency of CONCURRENCIES) {
  const rounds: Array<{ autocannon: number; sender: number; cpuMs: number }> = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ autocannon: await loadWithAutocannon(concurrency), ...(await sendAll(concurrency)) });
  }
  console.table(
    rounds.map(({ autocannon: reference, sender: ours, cpuMs }) => ({
      concurrency,
      "autocannon /s": Math.round(reference),
      "sender /s": Math.round(ours),
      ratio: Number((ours / reference).toFixed(2)),
      "sender CPU µs each": Math.round((cpuMs * 1000) / DELIVERIES),
    })),
  );
  const ratio = median(rounds.map((round) => round.sender / round.autocannon));
  console.log(`concurrency ${concurrency}: median ratio ${ratio.toFixed(2)} (goal 0.50)\n`);
}

/** For some seconds: told to stop after a number of requests, it looks at its end once a second. */
async function loadWithAutocannon(connections: number): Promise<number> {
  const { body, headers } = deliveryOf(0);
  const result = await autocannon({
    url: target.url,
    method: "POST",
    body: Buffer.from(body),
    headers: Object.fromEntries(headers),
    connections,
    duration: AUTOCANNON_SECONDS,
  });
  if (result.non2xx > 0) throw new Error(`${result.non2xx} requests were refused.`);
  return result.requests.average;
}

/** As many lanes as may be under way at once; each takes the next delivery when its last one is answered. */
async function sendAll(concurrency: number): Promise<{ sender: number; cpuMs: number }> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  let next = 0;
  const destination = await sender.resolve(target.url, signal);
  const lane = async () => {
    for (let delivery = deliveries[next++]; delivery !== undefined; delivery = deliveries[next++]) {
      const { outcome } = await sender.send(delivery, destination, [["X-Inspector-Replay-Of", "bench"]], signal);
      if (outcome.kind !== "answered" || outcome.status !== 202) throw new Error(`Not accepted: ${outcome.kind}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  const { user, system } = process.cpuUsage(cpu);
  return { sender: DELIVERIES / ((performance.now() - started) / 1000), cpuMs: (user + system) / 1000 };
}

function deliveryOf(n: number): StoredRequest {
  const event = { type: "video.encoding.quality.completed", videoId: `vi${n}`, padding: "" };
  const padding = "x".repeat(BODY_BYTES - JSON.stringify(event).length);
  const body = Buffer.from(JSON.stringify({ ...event, padding }));
  return {
    method: "POST",
    path: "/hook",
    headers: [
      ["Content-Type", "application/json"],
      ["X-Api-Video-WebhookID", "webhook_bench"],
      ["X-Api-Video-Signature", createHmac("sha256", "sig_sec_bench").update(body).digest("hex")],
    ],
    body,
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
