/**
 * What the way through our tunnel costs against the bare localtunnel client to a bare server, in turns in the same run,
 * and how long a break of the relay lasts. Loopback only: the real cost is the internet's.
 */
import { join } from "node:path";
import localtunnel from "localtunnel";
import { startRelay } from "../test/helpers/relay.ts";
import { startBareServer, startServe } from "./servers.ts";

const ROUNDS = 5;
const REQUESTS = 200;
const BREAKS = 10;
const BODY = JSON.stringify({ type: "video.encoding.quality.completed", padding: "x".repeat(540) });

interface Snapshot {
  readonly tunnel: { readonly phase: string; readonly url: string | null };
}

await using relay = await startRelay();
await using bare = await startBareServer(join(import.meta.dirname, "bare-server.ts"));
await using serve = await startServe({
  APIVIDEO_INSPECTOR_TUNNEL: "localtunnel",
  APIVIDEO_INSPECTOR_TUNNEL_HOST: relay.url,
});
const client = await localtunnel({ port: Number(new URL(bare.url).port), host: relay.url, subdomain: "bare-client" });
client.on("error", () => {});
const ours = await untilOpen();

const medians: Array<{ bare: number; ours: number }> = [];
for (let round = 0; round < ROUNDS; round++) {
  medians.push({ bare: await medianMs(client.url), ours: await medianMs(ours) });
}
client.close();
console.log(`tunnel: ${BODY.length}-byte bodies, one at a time, ${REQUESTS} a round, Node ${process.version}`);
console.table(medians.map((round) => ({ "bare client ms": ms(round.bare), "inspector ms": ms(round.ours) })));
console.log(
  `added by verification, durable commit and supervision: ${ms(median(medians.map((m) => m.ours - m.bare)))} ms\n`,
);

const recoveries: number[] = [];
for (let round = 0; round < BREAKS; round++) {
  await relay.kill();
  await until(async () => (await snapshot()).phase === "reconnecting");
  await relay.restart();
  const backAt = performance.now();
  await until(async () => (await post(ours)) === 202);
  recoveries.push(performance.now() - backAt);
}
console.log(
  `relay killed and back, ${BREAKS} times: deliveries flow again after ${ms(median(recoveries))} ms (median), ` +
    `${ms(Math.max(...recoveries))} ms at most (goal 3000), at the same URL\n`,
);

async function untilOpen(): Promise<string> {
  await until(async () => (await snapshot()).phase === "open");
  return (await snapshot()).url ?? "";
}

async function snapshot(): Promise<Snapshot["tunnel"]> {
  return (await serve.call<Snapshot>("app.snapshot", {})).tunnel;
}

async function medianMs(url: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    const startedAt = performance.now();
    const status = await post(url);
    if (status !== 202) throw new Error(`A delivery was answered ${status}.`);
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

/** The status; 0 where nobody answers. */
async function post(url: string): Promise<number> {
  try {
    return (await fetch(url, { method: "POST", body: BODY, signal: AbortSignal.timeout(1_000) })).status;
  } catch {
    return 0;
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error("It took longer than 30 s.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function ms(value: number): number {
  return Number(value.toFixed(2));
}
