import { createHmac } from "node:crypto";
import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";

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

/** api.video's signature: lowercase hex HMAC-SHA256 of the raw bytes with the whole secret, prefix included. */
export function signBody(body: Buffer, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

/**
 * POSTs an event the way api.video does: JSON, its two headers in its own case, redirects not followed, one connection
 * per event. It gives up after 10 s or when the signal says so, and never rejects.
 */
export async function postEvent(event: SignedEvent, signal?: AbortSignal): Promise<PostOutcome> {
  const { promise, resolve } = Promise.withResolvers<PostOutcome>();
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const url = URL.parse(event.url);
  if (url === null || !/^https?:$/.test(url.protocol)) return { kind: "unreachable", reason: "not an http(s) URL" };
  const start = url.protocol === "https:" ? httpsRequest : httpRequest;
  let outcome: PostOutcome | undefined;
  const request = start(url, {
    method: "POST",
    agent: false,
    headers: headersOf(event),
    signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
  });
  request.on("response", (response) => {
    outcome = { kind: "answered", status: response.statusCode ?? 0 };
    let bytes = 0;
    response.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) response.destroy();
    });
    response.on("error", () => {
      // The status has come; what became of the rest of the answer does not change it.
    });
  });
  request.on("error", (error: NodeJS.ErrnoException) => {
    const reason = timeout.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : (error.code ?? error.message);
    outcome ??= { kind: "unreachable", reason };
  });
  request.on("close", () => resolve(outcome ?? { kind: "unreachable", reason: "the connection closed" }));
  request.end(event.body);
  return promise;
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
