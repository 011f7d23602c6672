import type { ServerContext } from "@modelcontextprotocol/server";

const EVERY_MS = 1_000;

/**
 * Tells a client that asked for it, once a second, that its call goes on: `progress` is the seconds so far. Agents show
 * that, and wait longer than they would (https://modelcontextprotocol.io/specification, “Progress”).
 */
export async function withProgress<T>({ _meta, notify }: ServerContext["mcpReq"], work: Promise<T>): Promise<T> {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return work;
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    // A client that is gone is told by the end of its call.
    notify({ method: "notifications/progress", params: { progressToken, progress: seconds } }).catch(() => undefined);
  }, EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
