/**
 * What retention costs whoever sends meanwhile: the longest that a delivery waited for its answer, and that the engine's
 * main thread was held up, while half of 100 000 deliveries go, and while 300 of 1 MiB go; each beside the same time
 * without retention, and its limit.
 */
import { readFileSync, rmSync, statSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { fillStore } from "./fill-store.ts";
import { postTimed } from "./post-timed.ts";
import { newDataDir, type Serve, startServe } from "./servers.ts";

const DELIVERIES = Number(process.env["SCALE"] ?? 100_000);
const LARGE = 300;
const LARGE_BODY = JSON.stringify({ type: "video.caption.generated", padding: "lorem ipsum ".repeat(2 ** 20 / 12) });
const BODY = JSON.stringify({ type: "video.caption.generated", padding: "x".repeat(540) });
const PER_SECOND = 100;
const QUIET_MS = 5_000;
const LIMIT_MS = 50;

interface Snapshot {
  readonly counts: { readonly total: number };
}

const figures: Record<string, number | null>[] = [];
const rows: string[] = [];
const dataDir = newDataDir();
const delayFile = join(dataDir, "..", `loop-delay-${process.pid}`);
try {
  await fillStore(dataDir, DELIVERIES);
  const preload = pathToFileURL(join(import.meta.dirname, "loop-delay.mjs")).href;
  await using serve = await startServe({ NODE_OPTIONS: `--import=${preload}`, LOOP_DELAY: delayFile }, dataDir);
  await measure(serve, "nothing goes", () => delay(QUIET_MS));
  await measure(serve, `${DELIVERIES / 2} of ${DELIVERIES} go`, () => keepOnly(serve, DELIVERIES / 2));
  for (let n = 0; n < LARGE; n++) await postTimed(serve.listenerUrl, LARGE_BODY);
  await measure(serve, "nothing goes", () => delay(QUIET_MS));
  await measure(serve, `all go but 100, ${LARGE} of them of 1 MiB`, () => keepOnly(serve, 100));
} finally {
  for (const path of [dataDir, delayFile]) rmSync(path, { recursive: true, force: true });
}
console.log(
  `retention: ${PER_SECOND} deliveries a second meanwhile, each of ${BODY.length} bytes; limit ${LIMIT_MS} ms`,
);
console.table(Object.fromEntries(rows.map((row, at) => [`${at + 1}. ${row}`, figures[at]])));

/** Sends steadily while something goes on, and notes what that did to the answers. */
async function measure(serve: Serve, what: string, goOn: () => Promise<unknown>): Promise<void> {
  await longestDelay(serve);
  const began = performance.now();
  let isOver = false;
  const going = goOn().finally(() => {
    isOver = true;
  });
  const agent = new Agent({ keepAlive: true });
  const answers: Promise<number>[] = [];
  while (!isOver) {
    answers.push(postTimed(serve.listenerUrl, BODY, agent));
    await delay(Math.max(0, began + (answers.length * 1_000) / PER_SECOND - performance.now()));
  }
  await going;
  const times = (await Promise.all(answers)).toSorted((a, b) => a - b);
  agent.destroy();
  const at = (share: number) => round(times[Math.floor((times.length - 1) * share)] ?? Number.NaN);
  rows.push(what);
  figures.push({
    s: round((performance.now() - began) / 1_000),
    answers: times.length,
    "p50 ms": at(0.5),
    "p99 ms": at(0.99),
    "slowest ms": at(1),
    "loop held up ms": round(await longestDelay(serve)),
    "limit ms": what === "nothing goes" ? null : LIMIT_MS,
  });
}

async function keepOnly(serve: Serve, maxDeliveries: number): Promise<void> {
  await serve.call("settings.update", { maxDeliveries });
  // What arrives meanwhile may be there before it goes.
  const isOver = async () =>
    (await serve.call<Snapshot>("app.snapshot", {})).counts.total <= maxDeliveries + PER_SECOND;
  while (!(await isOver())) await delay(100);
}

/** Of the engine's main thread since it was asked last. */
async function longestDelay({ pid }: Serve): Promise<number> {
  rmSync(delayFile, { force: true });
  process.kill(pid, "SIGUSR2");
  while (statSync(delayFile, { throwIfNoEntry: false }) === undefined) await delay(5);
  return Number(readFileSync(delayFile, "utf8"));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
