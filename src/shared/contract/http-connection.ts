import { AppError } from "#shared/errors.ts";
import type { Connection, ConnectionStatus } from "./connection.ts";
import { type ControlApi, getEvents, postCall } from "./control-api.ts";
import { createSseParser } from "./sse-parser.ts";

const FIRST_RETRY_MS = 300;
const MAX_RETRY_MS = 5_000;
/** It is on this machine. A try that hangs would keep the page from the next, which may find it there. */
const MAX_OPENING_MS = 5_000;
/** The engine sends a comment every 15 s; longer silence means that nobody is there any more. */
const MAX_SILENCE_MS = 40_000;

export interface HttpConnectionDeps {
  /** Where the engine is now, asked before each try; null for nowhere. A page knows of one place only. Never rejects. */
  find(): ControlApi | null | Promise<ControlApi | null>;
  readonly fetch: typeof fetch;
}

/**
 * The engine over HTTP: calls as POST, events as a stream that reconnects by itself and resumes where it was, or begins
 * anew with an engine of another run.
 */
export function createHttpConnection({ find, fetch }: HttpConnectionDeps): Connection {
  const statusListeners = new Set<(status: ConnectionStatus) => void>();
  const eventListeners = new Set<(envelope: unknown) => void>();
  let status: ConnectionStatus = { kind: "connecting" };
  /** Where events come from; null while none do. */
  let source: ControlApi | null = null;
  /** The last event, and the token of the run that it is of. */
  let last: { readonly token: string; readonly id: string } | undefined;
  let streaming: AbortController | undefined;

  const setStatus = (next: ConnectionStatus): void => {
    if (next.kind === status.kind && next.kind !== "connected") return;
    status = next;
    for (const listener of [...statusListeners]) listener(next);
  };

  const deliver = (data: string): void => {
    const envelope: unknown = JSON.parse(data);
    for (const listener of [...eventListeners]) listener(envelope);
  };

  /** Whether a token that was refused is all there is. Where another one is found by now, the next try goes well. */
  const isShutOut = async ({ token }: ControlApi): Promise<boolean> => {
    const isFinal = (await find())?.token === token;
    if (isFinal) setStatus({ kind: "refused" });
    return isFinal;
  };

  /** Reads one stream until it ends; true when it was open at all. */
  const readStream = async (stop: AbortSignal): Promise<boolean> => {
    const api = await find();
    if (api === null || stop.aborted) return false;
    const silence = createSilenceWatch();
    silence.allow(MAX_OPENING_MS);
    try {
      const lastEventId = last?.token === api.token ? last.id : undefined;
      const signal = AbortSignal.any([stop, silence.signal]);
      const response = await getEvents(api, { fetch, signal, lastEventId });
      silence.allow(MAX_SILENCE_MS);
      if (isRefusal(response)) await isShutOut(api);
      if (!response.ok || response.body === null) return false;
      source = api;
      setStatus(connected(api, lastEventId !== undefined));
      const parser = createSseParser(({ id, data }) => {
        if (id !== undefined) last = { token: api.token, id };
        deliver(data);
      });
      const decoder = new TextDecoder();
      for await (const chunk of readChunks(response.body)) {
        silence.allow(MAX_SILENCE_MS);
        parser.push(decoder.decode(chunk, { stream: true }));
      }
      return true;
    } catch {
      // Whatever broke it (network, silence, an event that is not of the contract), the answer is to connect again;
      // an event that was skipped leaves a gap in the numbers, which makes the mirror load everything again.
      return status.kind === "connected";
    } finally {
      source = null;
      silence.stop();
    }
  };

  const stream = async (stop: AbortSignal): Promise<void> => {
    let retryMs = FIRST_RETRY_MS;
    while (!stop.aborted) {
      if (await readStream(stop)) retryMs = FIRST_RETRY_MS;
      if (stop.aborted || status.kind === "refused") return;
      setStatus({ kind: "disconnected" });
      await pause(retryMs, stop);
      retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
    }
  };

  return {
    async invoke(name, input) {
      const api = source ?? (await find());
      if (api === null) throw gone();
      const response = await postCall(api, name, input, { fetch }).catch((cause: unknown) => {
        throw gone(cause);
      });
      if (isRefusal(response)) {
        if (!(await isShutOut(api))) throw gone();
        throw new AppError("host.disconnected", "The inspector was started anew. Open the address it prints.");
      }
      return await response.json().catch((cause: unknown) => {
        throw new AppError("host.disconnected", "The inspector's answer broke off. Try again.", {
          retryable: true,
          cause,
        });
      });
    },
    subscribe(listener) {
      eventListeners.add(listener);
      if (streaming === undefined) {
        streaming = new AbortController();
        // It never rejects: each stream's failure is caught and answered with the next try.
        void stream(streaming.signal);
      }
      return () => {
        eventListeners.delete(listener);
        if (eventListeners.size > 0) return;
        streaming?.abort();
        streaming = undefined;
      };
    },
    onStatus(listener) {
      statusListeners.add(listener);
      listener(status);
      return () => void statusListeners.delete(listener);
    },
  };
}

function connected({ pid }: ControlApi, resumed: boolean): ConnectionStatus {
  return { kind: "connected", resumed, ...(pid !== undefined && { pid }) };
}

function gone(cause?: unknown): AppError {
  const options = { retryable: true, ...(cause !== undefined && { cause }) };
  return new AppError("host.disconnected", "The inspector does not answer. Is it still running?", options);
}

function isRefusal(response: Response): boolean {
  return response.status === 401 || response.status === 403;
}

/** `for await` over a ReadableStream itself is not yet in every browser. */
async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Already over or broken: there is nobody left to tell.
    await reader.cancel().catch(() => undefined);
  }
}

/** Aborts when nothing was heard for as long as was allowed last. */
function createSilenceWatch(): { signal: AbortSignal; allow(ms: number): void; stop(): void } {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: controller.signal,
    allow(ms) {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), ms);
    },
    stop: () => clearTimeout(timer),
  };
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, ms);
    function finish(): void {
      clearTimeout(timer);
      stop.removeEventListener("abort", finish);
      resolve();
    }
    stop.addEventListener("abort", finish);
  });
}
