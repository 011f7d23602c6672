/**
 * From a sender to the developer's server: straight, through http-proxy with kept connections, and through the inspector
 * with capture, verification, durable commit and forwarding. One at a time and in turns in the same run; senders and target
 * are in this process, so that one clock tells when a request went out and when it arrived. The goal is an added p50 of
 * 1 ms at most over http-proxy.
 */
import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus } from "node:os";
import { join } from "node:path";
import { startBareServer, startServe } from "./servers.ts";

const ROUNDS = 5;
const REQUESTS = 300;
const BODY = JSON.stringify({ type: "video.encoding.quality.completed", padding: "x".repeat(540) });

const arrivals = new Map<string, (at: number) => void>();
const server = createServer((incoming, response) => {
  const at = performance.now();
  incoming.resume();
  incoming.once("end", () => {
    response.writeHead(204).end();
    arrivals.get(String(incoming.headers["x-id"]))?.(at);
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const straight = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
await using proxy = await startBareServer(join(import.meta.dirname, "proxy-server.ts"), [straight]);
await using serve = await startServe({ APIVIDEO_INSPECTOR_FORWARD_TO: straight });
const agent = new Agent({ keepAlive: true });

const ways = { straight, "http-proxy": proxy.url, inspector: serve.listenerUrl };
const times: Record<keyof typeof ways, number[]> = { straight: [], "http-proxy": [], inspector: [] };
/** Of the inspector alone: its answer is the promise that the delivery is on disk, and what forwards waits for that. */
const commits: number[] = [];
let id = 0;
for (let round = -1; round < ROUNDS; round++) {
  for (const [way, url] of Object.entries(ways) as Array<[keyof typeof ways, string]>) {
    for (let n = 0; n < REQUESTS; n++) {
      const { arrivedMs, answeredMs } = await post(url);
      // The first round is for compiling.
      if (round < 0) continue;
      times[way].push(arrivedMs);
      if (way === "inspector") commits.push(answeredMs);
    }
  }
}
agent.destroy();
server.close();
server.closeAllConnections();

console.log(
  `forward: ${BODY.length}-byte bodies, ${cpus().length} cores, Node ${process.version}, until the target has it`,
);
console.table(
  Object.entries(times).map(([way, all]) => ({
    way,
    "p50 ms": rounded(at(all, 0.5)),
    "p99 ms": rounded(at(all, 0.99)),
  })),
);
const added = (share: number) => rounded(at(times.inspector, share) - at(times["http-proxy"], share));
console.log(
  `added over http-proxy: p50 ${added(0.5)} ms (goal 1), p99 ${added(0.99)} ms; ` +
    `of the inspector's p50 ${rounded(at(commits, 0.5))} ms are until the delivery is on disk and answered\n`,
);

/** From before the request goes out until the target has its head, and until the sender has an answer. */
async function post(url: string): Promise<{ arrivedMs: number; answeredMs: number }> {
  id += 1;
  const arrived = new Promise<number>((resolve) => arrivals.set(String(id), resolve));
  const sent = performance.now();
  const outgoing = request(url, {
    method: "POST",
    agent,
    headers: { "Content-Type": "application/json", "Content-Length": BODY.length, "X-Id": String(id) },
  });
  const answered = once(outgoing, "response");
  outgoing.end(BODY);
  const [response] = await answered;
  const answeredAt = performance.now();
  response.resume();
  const [at] = await Promise.all([arrived, once(response, "end")]);
  arrivals.delete(String(id));
  return { arrivedMs: at - sent, answeredMs: answeredAt - sent };
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

function rounded(ms: number): number {
  return Number(ms.toFixed(2));
}
