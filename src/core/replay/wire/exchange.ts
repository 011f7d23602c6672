import type { Persistence } from "./answer-head.ts";
import { createAnswerParser, type Parsed } from "./answer-parser.ts";
import type { Connection } from "./connection.ts";
import type { Destination } from "./connections.ts";
import { type WireRequest, writeRequest } from "./write-request.ts";

/** What came of a request. */
export type Exchanged =
  | Parsed
  | {
      readonly kind: "no-answer";
      readonly why: "timed-out" | "securing" | "ended";
      readonly error: Error | undefined;
      /** It was sent over a connection that had been idle, which the target may just have closed. */
      readonly isKept: boolean;
    };

export interface ExchangeOptions {
  /** For connecting and the whole answer together. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** The connection stands, and the first byte goes out. */
  onSending(): void;
}

/** Sends one request, once, and reads its answer. Rejects with the signal's reason only. */
export async function exchange(
  destination: Destination,
  request: WireRequest,
  { timeoutMs, signal, onSending }: ExchangeOptions,
): Promise<Exchanged> {
  const { promise, resolve } = Promise.withResolvers<Exchanged | "aborted">();
  const parser = createAnswerParser(request.method);
  let connection: Connection | undefined;
  let isKept = false;
  let isOver = false;
  let stopWriting = () => {};

  function end(result: Exchanged | "aborted"): void {
    isOver = true;
    if (connection !== undefined) destination.drop(connection);
    resolve(result);
  }

  function endWithAnswer(parsed: Parsed): void {
    isOver = true;
    // One of which not all has gone out in its own time may be read as the beginning of the next request.
    const persistence = request.way === undefined ? persistenceAfter(parsed) : null;
    if (connection !== undefined) destination.giveBack(connection, persistence);
    resolve(parsed);
  }

  const user = {
    onOpen() {
      onSending();
      if (connection !== undefined) stopWriting = writeRequest(connection, request);
    },
    onData(bytes: Buffer) {
      const parsed = parser.push(bytes);
      if (parsed !== null) endWithAnswer(parsed);
    },
    onEnd(error: Error | undefined) {
      const parsed = parser.stop(error === undefined ? "ended" : "broken-off");
      if (parsed !== null) return endWithAnswer(parsed);
      if (isKept) destination.doubt();
      end({ kind: "no-answer", why: connection?.isSecuring() ? "securing" : "ended", error, isKept });
    },
  };
  const timeOut = () =>
    end(parser.stop("timed-out") ?? { kind: "no-answer", why: "timed-out", error: undefined, isKept });
  const abort = () => end("aborted");
  const timer = setTimeout(timeOut, timeoutMs);
  signal?.addEventListener("abort", abort);
  try {
    // What ends without an answer on purpose must raise no doubt about kept connections.
    const kept = request.way === undefined ? await destination.take(user) : undefined;
    if (isOver) {
      if (kept !== undefined) destination.drop(kept);
    } else if (kept !== undefined) {
      isKept = true;
      connection = kept;
      user.onOpen();
    } else {
      connection = destination.open(user);
    }
    const result = await promise;
    signal?.throwIfAborted();
    if (result === "aborted") throw signal?.reason;
    return result;
  } finally {
    stopWriting();
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function persistenceAfter(parsed: Parsed): Persistence | null {
  return parsed.kind === "answer" ? parsed.answer.persistence : null;
}
