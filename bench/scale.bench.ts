/**
 * The store with SCALE deliveries (1 000 000 unless given): how long it takes to fill and how it grows on disk, how soon
 * `serve` is ready with it, what memory that takes, and how soon lists, searches and the command line answer. The limits
 * are those for 100 000; beyond them it has to work.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fillStore } from "./fill-store.ts";
import { newDataDir, rssMb, type Serve, startServe } from "./servers.ts";

const DELIVERIES = Number(process.env["SCALE"] ?? 1_000_000);
const ROUNDS = 5;
const QUERIES = [
  "",
  "sig:failed",
  "720p hls",
  "quality=720p",
  "status:5xx",
  "video:vi0000000000000000001abc",
  "nowhere",
];

const figures: { figure: string; value: number }[] = [];
const note = (figure: string, value: number) => figures.push({ figure, value: Math.round(value * 10) / 10 });

const dataDir = newDataDir();
try {
  const started = performance.now();
  await fillStore(dataDir, DELIVERIES);
  note("filling it, s", (performance.now() - started) / 1000);
  const bytes = readdirSync(dataDir).reduce((sum, name) => sum + statSync(join(dataDir, name)).size, 0);
  note("on disk, MB", bytes / 1024 / 1024);
  note("bytes on disk per delivery, of which some 330 are body and headers", bytes / DELIVERIES);

  await using serve = await startServe({}, dataDir);
  note("serve ready, ms", serve.readyMs);
  note("memory when ready, MB", rssMb(serve.pid));
  for (const query of QUERIES) note(`slowest of ${ROUNDS} lists for "${query}", ms`, await slowest(serve, query));
  note("memory after these, MB", rssMb(serve.pid));
  note("events list on the command line, median of 5, ms", commandMs(dataDir));
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
console.log(`scale: ${DELIVERIES} deliveries`);
console.table(figures);

async function slowest(serve: Serve, query: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const asked = performance.now();
    await serve.call("deliveries.list", { query });
    times.push(performance.now() - asked);
  }
  return Math.max(...times);
}

/** From the start of its process to its end, beside the engine that runs. */
function commandMs(dir: string): number {
  const cli = join(import.meta.dirname, "../out/main/cli.js");
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    spawnSync(process.execPath, [cli, "events", "list", "--data-dir", dir]);
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}
