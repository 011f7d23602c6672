/**
 * Capture with verification, durable commit and live events, against a bare node:http server that reads the body and
 * answers, against one that does as little as a durable answer takes (log-server.ts), and where somebody installed it
 * (mockttp-server.ts) against mockttp, which records in memory; in turns in the same run: 600-byte bodies, 32 connections.
 * The goal is half of the bare server's rate, and twice mockttp's.
 */
import { createHmac } from "node:crypto";
import { cpus } from "node:os";
import { join } from "node:path";
import { startLoad } from "./load.ts";
import { startBareServer, startServe } from "./servers.ts";

const ROUNDS = 3;
const SECONDS = 5;
const CONNECTIONS = 32;
const BODY_BYTES = 600;

const SECRET = "sig_sec_bench";

const body = eventOf(BODY_BYTES);
await using serve = await startServe({ APIVIDEO_WEBHOOK_SECRET: SECRET });
await using bare = await startBareServer(join(import.meta.dirname, "bare-server.ts"));
await using log = await startBareServer(join(import.meta.dirname, "log-server.ts"), [SECRET]);
await using mockttp = await startBareServer(join(import.meta.dirname, "mockttp-server.ts")).catch(() => null);
const headers = {
  "Content-Type": "application/json",
  "X-Api-Video-WebhookID": "webhook_bench",
  "X-Api-Video-Signature": createHmac("sha256", SECRET).update(body).digest("hex"),
};

const rounds: Array<{
  readonly bare: number;
  readonly log: number;
  readonly ours: number;
  readonly mockttp: number | null;
  readonly bareP99: number;
  readonly oursP99: number;
}> = [];
for (let round = 0; round < ROUNDS; round++) {
  const options = { body, headers, connections: CONNECTIONS, seconds: SECONDS };
  const reference = await startLoad({ url: bare.url, ...options });
  const least = await startLoad({ url: log.url, ...options });
  const ours = await startLoad({ url: serve.listenerUrl, ...options });
  // A search waits for the index, which is built behind the deliveries: it would take the processor from the next peer.
  await serve.call("deliveries.list", { query: "nowhere" });
  const recorder = mockttp && (await startLoad({ url: mockttp.url, ...options }));
  rounds.push({
    ...{ bare: reference.perSecond, log: least.perSecond, ours: ours.perSecond },
    mockttp: recorder?.perSecond ?? null,
    ...{ bareP99: reference.p99Ms, oursP99: ours.p99Ms },
  });
}

const { counts } = await serve.call<{ counts: { total: number; verified: number } }>("app.snapshot", {});
if (counts.total === 0 || counts.verified !== counts.total) {
  throw new Error(
    `Of ${counts.total} deliveries only ${counts.verified} are verified: this run measured something else.`,
  );
}

console.log(
  `capture: ${BODY_BYTES}-byte bodies, ${CONNECTIONS} connections, ${cpus().length} cores, Node ${process.version}`,
);
console.table(
  rounds.map(({ bare: reference, log: least, ours, mockttp: recorder, bareP99, oursP99 }) => ({
    "bare node:http /s": Math.round(reference),
    "inspector /s": Math.round(ours),
    ratio: Number((ours / reference).toFixed(2)),
    "bare log /s": Math.round(least),
    "its ratio": Number((least / reference).toFixed(2)),
    ...(recorder !== null && {
      "mockttp /s": Math.round(recorder),
      "of mockttp": Number((ours / recorder).toFixed(1)),
    }),
    "bare p99 ms": bareP99,
    "inspector p99 ms": oursP99,
  })),
);
const ratio = median(rounds.map((round) => round.ours / round.bare));
const logRatio = median(rounds.map((round) => round.log / round.bare));
console.log(
  `median ratio ${ratio.toFixed(2)} (goal 0.50; ${logRatio.toFixed(2)} for a signature and a log alone); ${counts.total} deliveries kept, all verified\n`,
);

function eventOf(bytes: number): string {
  const event = {
    type: "video.encoding.quality.completed",
    emittedAt: "2026-07-01T09:30:15.482Z",
    videoId: "vi3kT9sHqWcJr5DxUe7BgNoZ",
    encoding: "hls",
    quality: "720p",
    padding: "",
  };
  const padding = "x".repeat(bytes - JSON.stringify(event).length);
  return JSON.stringify({ ...event, padding });
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
