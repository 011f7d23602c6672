import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Relay } from "../../test/helpers/relay.ts";
import type { Serve } from "../servers.ts";
import type { Sampler } from "./sampler.ts";

export const SECRET = "sig_sec_SoakSoakSoakSoakSoak1";
const TUNNEL_BREAKS_MS = 180_000;
const TUNNEL_AWAY_MS = 5_000;

/** Deliveries of many kinds, readers, runs, and simulated events through the tunnel, until `signal` aborts. */
export async function startTraffic(serve: Serve, sampler: Sampler, signal: AbortSignal): Promise<void> {
  const { call } = serve;
  await Promise.all([
    every(33, signal, () => deliver(serve.listenerUrl, sampler)),
    every(2_000, signal, () => breakOff(serve.listenerUrl)),
    every(1_000, signal, () =>
      call("simulator.trigger", { type: "video.caption.generated", via: "public-url" }).catch(() => undefined),
    ),
    every(5_000, signal, () => search(serve, sampler)),
    every(20_000, signal, () => call("replay.batch", { query: "type:video.caption.generated", concurrency: 5 })),
    every(15_000, signal, () => follow(serve, signal)),
    every(60_000, signal, () => removeRuns(serve)),
  ]);
}

/** Kills the tunnel's server every few minutes, and says how long it took from its return until the tunnel was back. */
export async function breakTunnel(relay: Relay, sampler: Sampler, signal: AbortSignal): Promise<void> {
  await every(TUNNEL_BREAKS_MS, signal, async () => {
    const [name = ""] = relay.names().slice(-1);
    await relay.kill();
    await wait(TUNNEL_AWAY_MS);
    await relay.restart();
    const back = performance.now();
    while (relay.connections(name) === 0 && !signal.aborted) await wait(20);
    sampler.tunnelBack(performance.now() - back);
  });
}

/** Starts it again and again, whether or not the last one has ended. What fails is said, and does not end the rest. */
async function every(ms: number, signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  const running = new Set<Promise<unknown>>();
  while (!signal.aborted) {
    const one = work()
      .catch((error) => console.error(`${work}: ${error}`))
      .finally(() => running.delete(one));
    running.add(one);
    await wait(ms, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(running);
}

let n = 0;

async function deliver(listenerUrl: string, sampler: Sampler): Promise<void> {
  const size = n % 500 === 0 ? 5_000_000 : n % 20 === 0 ? 100_000 : 500;
  const body = JSON.stringify({ type: "video.encoding.quality.completed", n: n++, padding: "x".repeat(size) });
  const signature = createHmac("sha256", n % 10 === 0 ? "sig_sec_other" : SECRET)
    .update(body)
    .digest("hex");
  const started = performance.now();
  try {
    const response = await fetch(`${listenerUrl}/webhooks`, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", "X-Api-Video-Signature": signature },
    });
    if (response.status === 202) sampler.acknowledged(performance.now() - started);
    else sampler.failed();
  } catch {
    sampler.failed();
  }
}

/** A sender that goes away in the midst of its body. */
async function breakOff(listenerUrl: string): Promise<void> {
  const { hostname, port } = new URL(listenerUrl);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  socket.write("POST /broken HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
  await wait(100);
  socket.destroy();
}

async function search(serve: Serve, sampler: Sampler): Promise<void> {
  for (const query of ["", "sig:failed", "quality=720p", "padding status:200"]) {
    const started = performance.now();
    await serve.call("deliveries.list", { query });
    sampler.searched(performance.now() - started);
  }
}

/** A window that is open for a while. */
async function follow(serve: Serve, signal: AbortSignal): Promise<void> {
  const { origin, hash } = new URL(serve.uiUrl);
  const token = new URLSearchParams(hash.slice(1)).get("token");
  try {
    const response = await fetch(`${origin}/api/events`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
    for await (const _piece of response.body ?? []);
  } catch {
    // Its time is over.
  }
}

/** Runs are kept until they are removed, on purpose. */
async function removeRuns(serve: Serve): Promise<void> {
  const { runs } = await serve.call<{ runs: { id: string }[] }>("runs.list", {});
  for (const { id } of runs.slice(5)) await serve.call("runs.remove", { id });
}
