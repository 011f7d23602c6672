import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction, type TcpNetConnectOpts } from "node:net";
import type { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import type { AttemptOutcome } from "#shared/domain/attempt.ts";
import { type HeaderPairs, toHeaderPairs } from "#shared/domain/headers.ts";
import { plainHost, portOf } from "#shared/domain/url-address.ts";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { NO_BODY, readAnswer } from "./read-answer.ts";

import { toUnreachable } from "./unreachable.ts";

/** An answer's headers are shown whole; this is four times what Node takes by default. */
const MAX_ANSWER_HEAD_BYTES = 64 * 1024;

/** For each address but the last. Node's own 250 ms would give up a busy local server whose queue is full. */
const ADDRESS_TIMEOUT_MS = 3_000;

/** Node hands these on to the socket it opens; the types of a request do not list them. */
type TcpOptions = Pick<TcpNetConnectOpts, "autoSelectFamily" | "autoSelectFamilyAttemptTimeout">;
type TlsOptions = Pick<ConnectionOptions, "servername" | "rejectUnauthorized">;

export interface OutgoingRequest {
  readonly target: URL;
  /** The addresses that were checked for the target, tried in this order until one accepts the connection. */
  readonly addresses: readonly string[];
  readonly isLoopback: boolean;
  readonly method: string;
  readonly requestTarget: string;
  /** Sent as they are, in this order; they hold Host, Content-Length and Connection. */
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}

export interface SendOptions {
  readonly clock: Clock;
  /** For connecting and the whole answer together. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Sent {
  readonly outcome: AttemptOutcome;
  /** Epoch milliseconds: when the connection stood and the first byte went out, or, without one, when it was tried. */
  readonly startedAt: number;
  readonly ms: number;
}

/**
 * Sends one request, once, over a connection of its own: a kept one can be closed by the target at the very moment of
 * sending, which would look like a failure of the handler. Redirects are answers like any other. Whatever the target
 * does is an outcome; rejects with the signal's reason when it is aborted, and with AppError `input.invalid` for a
 * request that cannot be put on the wire.
 */
export async function sendRequest(request: OutgoingRequest, { clock, timeoutMs, signal }: SendOptions): Promise<Sent> {
  signal?.throwIfAborted();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  let startedAt = clock.now();
  const progress = { isConnected: false, isSecured: false };
  try {
    const clientRequest = open(request);
    clientRequest.once("socket", (socket) => {
      socket.once("connect", () => {
        progress.isConnected = true;
        if (request.target.protocol === "http:") startedAt = clock.now();
      });
      socket.once("secureConnect", () => {
        progress.isSecured = true;
        startedAt = clock.now();
      });
    });
    const outcome = await exchange(clientRequest, request, progress, deadline.signal, signal);
    return { outcome, startedAt, ms: clock.now() - startedAt };
  } finally {
    clearTimeout(timer);
  }
}

function open({ target, addresses, isLoopback, method, requestTarget, headers }: OutgoingRequest): ClientRequest {
  const hostname = plainHost(target.hostname);
  const options: RequestOptions & TcpOptions & TlsOptions = {
    host: hostname,
    port: portOf(target),
    method,
    path: requestTarget,
    headers: headers.flat(),
    agent: false,
    maxHeaderSize: MAX_ANSWER_HEAD_BYTES,
    // The addresses were checked; asking again could give others (DNS rebinding).
    lookup: fixedLookup(addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
    // SNI takes names only; an empty one sends none.
    servername: isIP(hostname) === 0 ? hostname : "",
    // Certificates of local servers are self-signed, and nobody stands between this machine and itself.
    rejectUnauthorized: !isLoopback,
  };
  try {
    const clientRequest = target.protocol === "https:" ? httpsRequest(options) : httpRequest(options);
    // Node keeps a thousand and drops the others without a word. Their bytes are bounded already.
    clientRequest.maxHeadersCount = 0;
    return clientRequest;
  } catch (cause) {
    throw new AppError("input.invalid", "This delivery holds a method or a header that HTTP cannot carry.", { cause });
  }
}

function fixedLookup(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
}

/** Resolves once, with the outcome; afterwards the connection is gone. */
async function exchange(
  clientRequest: ClientRequest,
  request: OutgoingRequest,
  progress: { isConnected: boolean; isSecured: boolean },
  deadline: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<AttemptOutcome> {
  const stop = () => void clientRequest.destroy();
  deadline.addEventListener("abort", stop);
  signal?.addEventListener("abort", stop);
  try {
    const { response, isDetached } = await headOf(clientRequest, request.body);
    const { bytes, total, incomplete } = isDetached ? NO_BODY : await readAnswer(response, deadline);
    signal?.throwIfAborted();
    return {
      kind: "answered",
      status: response.statusCode ?? 0,
      headers: toHeaderPairs(response.rawHeaders),
      bodyBase64: bytes.toString("base64"),
      bodyBytes: total,
      ...(incomplete && { bodyIncomplete: incomplete }),
    };
  } catch (error) {
    signal?.throwIfAborted();
    const isSecuring = request.target.protocol === "https:" && progress.isConnected && !progress.isSecured;
    return toUnreachable(error, { host: request.target.host, isTimedOut: deadline.aborted, isSecuring });
  } finally {
    deadline.removeEventListener("abort", stop);
    signal?.removeEventListener("abort", stop);
    clientRequest.destroy();
  }
}

interface AnswerHead {
  readonly response: IncomingMessage;
  /** The connection has left HTTP: there is no body to read. */
  readonly isDetached: boolean;
}

/** The head of the final answer; 1xx answers before it say nothing to the user. */
function headOf(clientRequest: ClientRequest, body: Uint8Array): Promise<AnswerHead> {
  const { promise, resolve, reject } = Promise.withResolvers<AnswerHead>();
  const detach = (response: IncomingMessage, socket: Duplex) => {
    socket.destroy();
    resolve({ response, isDetached: true });
  };
  clientRequest.once("response", (response) => resolve({ response, isDetached: false }));
  // A 101 nobody asked for, or the answer to a CONNECT: where the connection leads from here is not for us.
  clientRequest.once("upgrade", detach);
  clientRequest.once("connect", detach);
  // For good, not once: an error after the head is told by the answer's own stream as well.
  clientRequest.on("error", reject);
  clientRequest.once("close", () => reject(new Error("The connection ended before an answer came.")));
  clientRequest.end(body);
  return promise;
}
