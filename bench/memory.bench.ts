/**
 * How much more memory `serve` takes after 100 000 deliveries of 600 bytes, as fast as they are taken, than when it was
 * ready, with all that is compiled and cached meanwhile.
 */
import { setTimeout as wait } from "node:timers/promises";
import { startLoad } from "./load.ts";
import { rssMb, type Serve, startServe } from "./servers.ts";

const DELIVERIES = 100_000;
const LIMIT_MB = 60;
const CONNECTIONS = 32;
const SETTLE_MS = 5_000;

await using serve = await startServe();
const before = rssMb(serve.pid);
const body = JSON.stringify({ type: "video.encoding.quality.completed", padding: "x".repeat(550) });
const headers = { "Content-Type": "application/json" };
while ((await kept(serve)) < DELIVERIES) {
  await startLoad({ url: serve.listenerUrl, body, headers, connections: CONNECTIONS, seconds: 2 });
}
const atOnce = rssMb(serve.pid);
await wait(SETTLE_MS);
const after = rssMb(serve.pid);
console.table([
  { "ready MB": before, "right after MB": atOnce, "later MB": after, "grown MB": after - before, "limit MB": LIMIT_MB },
]);
console.log(`memory: ${await kept(serve)} deliveries, grown by ${after - before} MB (goal ${LIMIT_MB})\n`);

async function kept({ call }: Serve): Promise<number> {
  return (await call<{ counts: { total: number } }>("app.snapshot", {})).counts.total;
}
