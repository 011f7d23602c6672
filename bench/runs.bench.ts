/**
 * A run of 10 000 stored deliveries by the built `serve`, from the disk to a target and its answers back to the disk, against
 * autocannon with the same requests at the same target, in turns in the same run. The goal is to send at half of autocannon's
 * rate, with flat memory. `sent` counts from the first sending to the last answer, `run` from the command to the last result
 * on disk.
 */
import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import autocannon from "autocannon";
import type { CommandOutput } from "#shared/contract/types.ts";
import { fillStore } from "./fill-store.ts";
import { newDataDir, rssMb, startBareServer, startServe } from "./servers.ts";

const DELIVERIES = 10_000;
const ROUNDS = 3;
const AUTOCANNON_SECONDS = 3;
const CONCURRENCIES = [10, 50];
/** Seldom: whoever asks takes time from what is measured. When it ended, the run itself knows. */
const POLL_MS = 200;

const dataDir = newDataDir();
try {
  await fillStore(dataDir, DELIVERIES, { forwarded: 0 });
  await using target = await startBareServer(join(import.meta.dirname, "bare-server.ts"));
  await using serve = await startServe({}, dataDir);

  console.log(`runs: ${DELIVERIES} stored deliveries, ${cpus().length} cores, Node ${process.version}`);
  // Both are compiled while they run: what is compared is a long run, not the first second.
  await loadWithAutocannon(10);
  await runAll(10);
  const startMb = rssMb(serve.pid);
  for (const concurrency of CONCURRENCIES) {
    const rounds: Array<{ autocannon: number; sent: number; run: number; rssMb: number }> = [];
    for (let round = 0; round < ROUNDS; round++) {
      const reference = await loadWithAutocannon(concurrency);
      rounds.push({ autocannon: reference, ...(await runAll(concurrency)), rssMb: rssMb(serve.pid) });
    }
    console.table(
      rounds.map(({ autocannon: reference, sent, run, rssMb: mb }) => ({
        concurrency,
        "autocannon /s": Math.round(reference),
        "sent /s": Math.round(sent),
        ratio: Number((sent / reference).toFixed(2)),
        "run /s": Math.round(run),
        "serve RSS MB": mb,
      })),
    );
    const ratios = rounds.map(({ sent, autocannon: reference }) => sent / reference).toSorted((a, b) => a - b);
    console.log(`concurrency ${concurrency}: median ratio ${ratios[1]?.toFixed(2)} (goal 0.50)\n`);
  }
  console.log(`RSS of serve after the first run ${startMb} MB, after ${1 + 2 * ROUNDS} runs ${rssMb(serve.pid)} MB`);

  /** Deliveries a second. */
  async function runAll(concurrency: number): Promise<{ sent: number; run: number }> {
    const { batchId } = await serve.call<{ batchId: string }>("replay.batch", {
      ...{ query: "", target: target.url, concurrency },
    });
    for (;;) {
      const run = await serve.call<CommandOutput<"runs.get">>("runs.get", { id: batchId });
      if (run.state === "done") {
        if (run.tally.accepted !== DELIVERIES) throw new Error(`Only ${run.tally.accepted} were accepted.`);
        const [first, last] = [await resultAt(batchId, 0), await resultAt(batchId, DELIVERIES - 1)];
        const perSecond = (ms: number) => (DELIVERIES * 1_000) / ms;
        return {
          sent: perSecond(Date.parse(last?.startedAt ?? "") + (last?.ms ?? 0) - Date.parse(first?.startedAt ?? "")),
          run: perSecond(Date.parse(run.endedAt ?? "") - Date.parse(run.createdAt)),
        };
      }
      await wait(POLL_MS);
    }
  }

  /** In the run's order. */
  async function resultAt(id: string, skip: number) {
    return (await serve.call<CommandOutput<"runs.results">>("runs.results", { id, skip, limit: 1 })).results[0];
  }

  async function loadWithAutocannon(connections: number): Promise<number> {
    const { headers } = await serve.call<CommandOutput<"deliveries.get">>("deliveries.get", { id: "d1" });
    const { base64 } = await serve.call<CommandOutput<"deliveries.body">>("deliveries.body", { id: "d1" });
    const result = await autocannon({
      ...{ url: target.url, method: "POST", connections, duration: AUTOCANNON_SECONDS },
      headers: { ...Object.fromEntries(headers), "X-Inspector-Replay-Of": "d1" },
      body: Buffer.from(base64, "base64"),
    });
    if (result.non2xx > 0) throw new Error(`${result.non2xx} requests were refused.`);
    return result.requests.average;
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
