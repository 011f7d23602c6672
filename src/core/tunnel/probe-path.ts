import type { IncomingMessage } from "node:http";
import { networkInterfaces } from "node:os";
import { requestUrl } from "../lib/node-http.ts";
import type { Canary } from "./canary.ts";
import { type Answer, faultOfAnswer, faultOfError } from "./probe-words.ts";
import type { ProbeResult } from "./supervision.ts";

const TIMEOUT_MS = 5_000;
/** The listener is on this machine: it is there or it is not. */
const LOCAL_TIMEOUT_MS = 2_000;
const MAX_ANSWER_BYTES = 4_096;
/** Whoever wants a longer pause is asked again all the same. */
const MAX_RETRY_AFTER_S = 3_600;

export interface ProbePathOptions {
  readonly canary: Canary;
  readonly publicUrl: string;
  /** `http://127.0.0.1:PORT`: asked as well when the public URL fails, to tell whose fault it is. */
  readonly listenerUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The name, and what answers there, are the user's: other words fit. */
  readonly isOwnUrl?: boolean;
  /** Sent as User-Agent: relays show their reminder pages to browsers only. */
  readonly userAgent: string;
  readonly timeoutMs?: number;
  readonly isOffline?: () => boolean;
}

/**
 * Sends a canary through the public URL, from Node and not from a browser, and says what came of it. Never rejects; ends
 * within 7 s.
 */
export async function probePath(options: ProbePathOptions): Promise<ProbeResult> {
  const { publicUrl, listenerUrl, isOwnUrl, timeoutMs = TIMEOUT_MS, isOffline = hasNoNetwork } = options;
  const startedAt = performance.now();
  const seen = await send(publicUrl, options, timeoutMs);
  if (seen.kind === "answered" && seen.isExpected) return { kind: "ok", ms: performance.now() - startedAt };

  const direct = await send(listenerUrl, options, LOCAL_TIMEOUT_MS);
  if (direct.kind !== "answered" || !direct.isExpected) {
    return {
      kind: "failed",
      at: "listener",
      fault: { kind: "local", message: "Our own listener does not answer. It is started anew.", retryable: true },
    };
  }
  return seen.kind === "answered"
    ? faultOfAnswer(seen, publicUrl, isOwnUrl)
    : faultOfError(seen.error, publicUrl, isOffline(), isOwnUrl);
}

type Seen =
  | ({ readonly kind: "answered"; readonly isExpected: boolean } & Answer)
  | { readonly kind: "error"; readonly error: Error };

async function send(base: string, { canary, headers, userAgent }: ProbePathOptions, timeoutMs: number): Promise<Seen> {
  const { body, expected } = canary.request();
  const url = new URL(base.replace(/\/+$/, "") + canary.path);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const signal = AbortSignal.timeout(timeoutMs);
  const request = requestUrl(url, {
    method: "POST",
    agent: false,
    signal,
    headers: {
      ...headers,
      "User-Agent": userAgent,
      "Content-Type": "application/octet-stream",
      "Content-Length": body.length,
      Connection: "close",
    },
  });
  request.once("response", resolve);
  request.on("error", reject);
  request.end(body);
  try {
    const response = await promise;
    const text = await readStart(response);
    const { statusCode: status = 0, headers: answered } = response;
    const isPage = /html/i.test(answered["content-type"] ?? "") || /^\s*</.test(text);
    const retryAfterS = Number(answered["retry-after"]);
    return {
      kind: "answered",
      isExpected: status === 200 && text === expected,
      status,
      isPage,
      ...(retryAfterS > 0 && { retryAfterMs: Math.min(retryAfterS, MAX_RETRY_AFTER_S) * 1_000 }),
    };
  } catch (error) {
    return { kind: "error", error: signal.aborted ? new Error("timeout") : toError(error) };
  } finally {
    request.destroy();
  }
}

/** As much as our own answer can have, and a page needs to be known as one. */
async function readStart(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response as AsyncIterable<Buffer>) {
    text += chunk.toString("latin1");
    if (text.length >= MAX_ANSWER_BYTES) break;
  }
  return text;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** True where this machine has no address but its own: loopback, and what an interface gives itself without a network. */
function hasNoNetwork(): boolean {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return addresses.every(({ address, internal }) => internal || /^(fe80:|169\.254\.)/i.test(address));
}
