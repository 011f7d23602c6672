import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { AppError } from "#shared/errors.ts";
import { answerTo, requestUrl } from "./node-http.ts";

/** Far above any answer of the calls we make; a list of 100 webhooks is some 30 KiB. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export interface HttpCall {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as multipart/form-data, where there is no `json`. */
  readonly form?: FormData | undefined;
}

/** An answer of whatever status that arrived whole. `text` is the server's and may be anything. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * One HTTP exchange, without judging the status. Throws AppError `api.unavailable` where no answer came within
 * `timeoutMs`, `api.unexpected_response` for a redirect (it could carry the credentials elsewhere) or an answer over
 * 1 MiB, and the signal's reason where the caller gave up. Not by fetch: to load and compile that takes a start of the
 * app a sixth of its time (node-http.ts).
 */
export async function exchange(
  call: HttpCall,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<HttpAnswer> {
  const url = new URL(call.url);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const { type, bytes } = await encode(call);
    const either = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    const headers = { Accept: "application/json", ...call.headers, ...type };
    const request = requestUrl(url, { method: call.method, headers, signal: either });
    const response = await answerTo(request, bytes);
    const { statusCode: status = 0 } = response;
    if (status >= 300 && status < 400) {
      response.destroy();
      throw redirected(url.host);
    }
    return { status, headers: response.headers, text: await readCapped(response, url.host) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    signal?.throwIfAborted();
    throw unreachable(url.host, timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error), error);
  }
}

/** The body of a call, and what it says of it. */
async function encode({ json, form }: HttpCall): Promise<{ type?: Record<string, string>; bytes: Buffer }> {
  if (json !== undefined) {
    return { type: { "Content-Type": "application/json" }, bytes: Buffer.from(JSON.stringify(json)) };
  }
  if (form === undefined) return { bytes: Buffer.alloc(0) };
  const encoded = new Response(form);
  return {
    type: { "Content-Type": encoded.headers.get("content-type") ?? "" },
    bytes: Buffer.from(await encoded.arrayBuffer()),
  };
}

async function readCapped(response: IncomingMessage, host: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > MAX_ANSWER_BYTES) {
      throw new AppError(
        "api.unexpected_response",
        `The answer of ${host} is far longer than any of api.video's. Check the API base URL in Settings.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function redirected(host: string): AppError {
  return new AppError(
    "api.unexpected_response",
    `${host} answered with a redirect, which is not followed because it could carry your API key elsewhere. Set the API base URL to the address it leads to.`,
  );
}

function unreachable(host: string, reason: string, cause: unknown): AppError {
  return new AppError(
    "api.unavailable",
    `${host} cannot be reached (${reason}). Check the network connection and the API base URL, then try again.`,
    { retryable: true, details: { reason }, cause },
  );
}

/** A code like ECONNREFUSED says it all. */
function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "the connection failed";
}
