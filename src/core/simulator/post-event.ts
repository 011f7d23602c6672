import type { ClientRequest, OutgoingHttpHeaders } from "node:http";
import { requestUrl } from "../lib/node-http.ts";

/** api.video says nothing of its own limit; ten seconds are patient for a handler and short for a developer. */
const TIMEOUT_MS = 10_000;
/** Answers are read to their end, so that the receiver sees no reset, but not for ever. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** How the receiver took an event. Any status is an answer, a redirect too: it is not followed. */
export type PostOutcome =
  | { readonly kind: "answered"; readonly status: number }
  | { readonly kind: "unreachable"; readonly reason: string };

export interface SignedEvent {
  readonly url: string;
  readonly webhookId: string;
  /** Lowercase hex; null sends no signature header. */
  readonly signature: string | null;
  readonly body: Buffer;
}

/**
 * POSTs an event the way api.video does: JSON, its two headers in its own case, redirects not followed, one connection
 * per event. It gives up after 10 s or when the signal says so, and never rejects.
 */
export async function postEvent(event: SignedEvent, signal?: AbortSignal): Promise<PostOutcome> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const ended = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    return { kind: "answered", status: await statusOf(startRequest(event, ended)) };
  } catch (error) {
    return {
      kind: "unreachable",
      reason: timeout.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : reasonOf(error),
    };
  }
}

/** Throws where the URL or the webhook's id cannot be put on the wire. */
function startRequest(event: SignedEvent, signal: AbortSignal): ClientRequest {
  const request = requestUrl(new URL(event.url), { method: "POST", agent: false, headers: headersOf(event), signal });
  return request.end(event.body);
}

/** Resolves when the answer was read to its end, or rejects when there was none. */
async function statusOf(request: ClientRequest): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  request.on("error", reject);
  request.on("response", (response) => {
    let bytes = 0;
    response.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) response.destroy();
    });
    response.on("error", () => {
      // The status has come; what became of the rest of the answer does not change it.
    });
    response.on("close", () => resolve(response.statusCode ?? 0));
  });
  return promise;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

function headersOf({ body, webhookId, signature }: SignedEvent): OutgoingHttpHeaders {
  return {
    // Not api.video's, which is not known: nobody shall mistake one for the other.
    "User-Agent": "apivideo-inspector-simulator",
    "Content-Type": "application/json",
    "Content-Length": body.length,
    "X-Api-Video-WebhookID": webhookId,
    ...(signature !== null && { "X-Api-Video-Signature": signature }),
  };
}
