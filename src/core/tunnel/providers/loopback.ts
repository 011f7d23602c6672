import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { requestHttp } from "#core/lib/node-http.ts";

const ANSWER_TIMEOUT_MS = 2_000;
const MAX_ANSWER_CHARS = 64_000;

/** A port of the loopback that is free now. Somebody may take it before it is used: then what wanted it fails. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
  return address.port;
}

/** Asks a server on this machine; null where it does not answer. Never rejects. */
export async function askLoopback(
  port: number,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly body: string } | null> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    // An agent of its own: the shared one may go through a proxy (NODE_USE_ENV_PROXY).
    const asked = requestHttp({ host: "127.0.0.1", port, path, agent: false, signal: limit }).end();
    // What goes wrong later on is seen where the answer is read.
    asked.on("error", () => {});
    const [answer] = await once(asked, "response", { signal: limit });
    let body = "";
    for await (const chunk of answer.setEncoding("utf8")) {
      body += chunk;
      if (body.length > MAX_ANSWER_CHARS) return null;
    }
    return { status: answer.statusCode, body };
  } catch {
    // Not there, not yet, or not in time.
    return null;
  }
}

/** Asks again and again until there is something; null when `signal` aborts first. */
export async function poll<T>(
  everyMs: number,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T | null>,
): Promise<T | null> {
  do {
    const found = signal.aborted ? null : await ask(signal);
    if (found !== null && !signal.aborted) return found;
  } while (await pause(everyMs, signal));
  return null;
}

/** False when `signal` aborted. Keeps no process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal, ref: false });
    return true;
  } catch {
    // A delay rejects for nothing but the signal.
    return false;
  }
}
