import { AppError } from "#shared/errors.ts";

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
  readonly headers: Headers;
  readonly text: string;
}

/**
 * One HTTP exchange, without judging the status. Throws AppError `api.unavailable` where no answer came within
 * `timeoutMs`, `api.unexpected_response` for a redirect (it could carry the credentials elsewhere) or an answer over
 * 1 MiB, and the signal's reason where the caller gave up.
 */
export async function exchange(
  send: typeof fetch,
  call: HttpCall,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const host = new URL(call.url).host;
  try {
    const response = await send(call.url, {
      method: call.method,
      headers: { Accept: "application/json", ...call.headers, ...(call.json !== undefined && JSON_TYPE) },
      ...bodyOf(call),
      redirect: "manual",
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw redirected(host);
    }
    return { status: response.status, headers: response.headers, text: await readCapped(response, host) };
  } catch (error) {
    if (error instanceof AppError || signal?.aborted) throw error;
    throw unreachable(host, timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error), error);
  }
}

function bodyOf({ json, form }: HttpCall): { body?: string | FormData } {
  if (json !== undefined) return { body: JSON.stringify(json) };
  return form === undefined ? {} : { body: form };
}

const JSON_TYPE = { "Content-Type": "application/json" };

async function readCapped(response: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the body, which closes the connection.
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

/** fetch hides the reason in its error's cause; a code like ECONNREFUSED says more than "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string") {
    return cause.code;
  }
  return "the connection failed";
}
