/**
 * npm run soak [MINUTES], 60 unless given: the built `serve` under mixed traffic, with a tunnel that breaks again and
 * again. Prints how memory, descriptors and latency went, keeps the samples, and draws them. Ends with 1 where they grew.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startReceiver } from "../../test/helpers/receiver.ts";
import { startRelay } from "../../test/helpers/relay.ts";
import { startServe } from "../servers.ts";
import { drawSamples } from "./picture.ts";
import { createSampler, type Sample } from "./sampler.ts";
import { breakTunnel, SECRET, startTraffic } from "./traffic.ts";
import { judge } from "./verdict.ts";

const MINUTES = Number(process.argv[2] ?? 60);
const SAMPLE_MS = 10_000;
const RESULTS = join(import.meta.dirname, "../results/soak.json");
const PICTURE = join(import.meta.dirname, "../../docs/screens/soak.svg");
/** Reached after a few minutes: from then on as much goes as comes. */
const KEPT = 10_000;

const receiver = await startReceiver();
receiver.statusFor = () => {
  // What it was sent is of no interest, and would be kept.
  (receiver.requests as unknown[]).length = 0;
  return Math.random() < 0.05 ? 500 : 200;
};
const relay = await startRelay();
const serve = await startServe({
  APIVIDEO_WEBHOOK_SECRET: SECRET,
  APIVIDEO_INSPECTOR_API: "simulator",
  APIVIDEO_INSPECTOR_FORWARD_TO: receiver.url,
  APIVIDEO_INSPECTOR_TUNNEL: "localtunnel",
  APIVIDEO_INSPECTOR_TUNNEL_HOST: relay.url,
});
await serve.call("settings.update", { maxDeliveries: KEPT });

const over = new AbortController();
const sampler = createSampler(serve);
const traffic = [startTraffic(serve, sampler, over.signal), breakTunnel(relay, sampler, over.signal)];
const samples: Sample[] = [];
const rounds = (MINUTES * 60_000) / SAMPLE_MS;
for (let round = 1; round <= rounds; round++) {
  await wait(SAMPLE_MS);
  const sample = await sampler.take();
  samples.push(sample);
  if (round % 30 === 0) console.log(JSON.stringify(sample));
}
over.abort();
await Promise.all(traffic);
await serve[Symbol.asyncDispose]();
await relay[Symbol.asyncDispose]();
await receiver[Symbol.asyncDispose]();

mkdirSync(dirname(RESULTS), { recursive: true });
writeFileSync(RESULTS, JSON.stringify(samples));
writeFileSync(PICTURE, drawSamples(samples));
const { table, grew } = judge(samples);
console.table(table);
console.log(grew.length === 0 ? "Flat." : `Grew: ${grew.join(", ")}.`);
process.exitCode = grew.length === 0 ? 0 : 1;
