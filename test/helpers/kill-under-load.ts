import { once } from "node:events";
import { Agent, request } from "node:http";
import { createClock } from "#core/lib/clock.ts";
import { openStore } from "#core/store/store.ts";
import { CLI, startChild } from "./child.ts";
import { silentLog } from "./silent-log.ts";

const SENDERS = 16;
const PAGE = 500;

/** The body of the delivery with this number; they are of many sizes, up to some pages of the database. */
function bodyOf(n: number): string {
  return JSON.stringify({ type: "video.encoding.quality.completed", n, padding: "x".repeat((n * 997) % 20_000) });
}

/**
 * Starts `serve` on the folder, has many senders post to it, kills it after so many milliseconds, and answers the numbers
 * that were answered with a 2xx. The deliveries are numbered from `first` on.
 */
export async function killUnderLoad(dataDir: string, first: number, killAfterMs: number): Promise<number[]> {
  const args = ["--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0"];
  await using serve = await startChild([CLI, "serve", "--json", "--no-open", ...args]);
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  const acknowledged: number[] = [];
  let next = first;

  async function sendOn(): Promise<void> {
    for (;;) {
      const n = next++;
      const status = await post(serve.ready["listenerUrl"] ?? "", agent, bodyOf(n));
      if (status === null) return;
      if (status >= 200 && status < 300) acknowledged.push(n);
    }
  }

  const sending = Promise.all(Array.from({ length: SENDERS }, sendOn));
  await new Promise((resolve) => setTimeout(resolve, killAfterMs));
  await serve.end("SIGKILL");
  await sending;
  agent.destroy();
  return acknowledged;
}

/** The status of the answer; null where none came. */
async function post(url: string, agent: Agent, body: string): Promise<number | null> {
  const outgoing = request(url, { method: "POST", agent, headers: { "Content-Type": "application/json" } });
  outgoing.end(body);
  try {
    const [response] = await once(outgoing, "response");
    response.resume();
    await once(response, "end");
    return response.statusCode;
  } catch {
    return null;
  }
}

export interface Found {
  /** Numbers that were acknowledged and are not there, or not with the bytes that were sent. */
  readonly lost: number[];
  /** Numbers that are there more than once. */
  readonly doubled: number[];
  readonly kept: number;
}

/** What of the acknowledged deliveries is in the folder, which nobody has open. */
export async function findLost(dataDir: string, acknowledged: readonly number[]): Promise<Found> {
  const limits = { maxDeliveries: 10_000_000, maxBytes: Number.MAX_SAFE_INTEGER };
  const deaf = { onRemoved() {}, onCounts() {}, onLost() {} };
  await using store = await openStore({ dataDir, limits, clock: createClock(), log: silentLog(), ...deaf });
  const times = new Map<number, number>();
  const damaged = new Set<number>();
  for (let before: string | null = null, isFirst = true; isFirst || before !== null; isFirst = false) {
    const page = await store.list("", { before }, PAGE);
    for (const { id } of page.items) {
      const text = Buffer.from((await store.content(id))?.body ?? []).toString();
      const n = numberIn(text);
      times.set(n, (times.get(n) ?? 0) + 1);
      if (text !== bodyOf(n)) damaged.add(n);
    }
    before = page.before;
  }
  return {
    lost: acknowledged.filter((n) => !times.has(n) || damaged.has(n)),
    doubled: [...times].filter(([, count]) => count > 1).map(([n]) => n),
    kept: [...times.values()].reduce((sum, count) => sum + count, 0),
  };
}

function numberIn(text: string): number {
  return Number(/"n":(\d+)/.exec(text)?.[1] ?? Number.NaN);
}
