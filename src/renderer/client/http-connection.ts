import { createSseParser } from "#shared/contract/sse-parser.ts";
import { AppError } from "#shared/errors.ts";
import type { Connection, ConnectionStatus } from "./connection.ts";

const FIRST_RETRY_MS = 300;
const MAX_RETRY_MS = 5_000;
/** It is on this machine. A try that hangs would keep the page from the next, which may find it there. */
const MAX_OPENING_MS = 5_000;
/** The engine sends a comment every 15 s; longer silence means that nobody is there any more. */
const MAX_SILENCE_MS = 40_000;

export interface HttpConnectionDeps {
  /** Origin of the control API, without a slash at the end. */
  readonly baseUrl: string;
  /** The engine's token of this run. */
  readonly token: string;
  readonly fetch: typeof fetch;
}

/** The engine over HTTP: calls as POST, events as a stream that reconnects by itself and resumes where it was. */
export function createHttpConnection({ baseUrl, token, fetch }: HttpConnectionDeps): Connection {
  const authorization = { Authorization: `Bearer ${token}` };
  const statusListeners = new Set<(status: ConnectionStatus) => void>();
  const eventListeners = new Set<(envelope: unknown) => void>();
  let status: ConnectionStatus = { kind: "connecting" };
  let lastEventId: string | undefined;
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

  /** Reads one stream until it ends; true when it was open at all. */
  const readStream = async (stop: AbortSignal): Promise<boolean> => {
    const silence = createSilenceWatch();
    silence.allow(MAX_OPENING_MS);
    try {
      const resumed = lastEventId !== undefined;
      const response = await fetch(`${baseUrl}/api/events`, {
        headers: { ...authorization, ...(lastEventId !== undefined && { "Last-Event-ID": lastEventId }) },
        signal: AbortSignal.any([stop, silence.signal]),
        cache: "no-store",
      });
      silence.allow(MAX_SILENCE_MS);
      if (isRefusal(response)) setStatus({ kind: "refused" });
      if (!response.ok || response.body === null) return false;
      setStatus({ kind: "connected", resumed });
      const parser = createSseParser((message) => {
        lastEventId = message.id ?? lastEventId;
        deliver(message.data);
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
      const response = await fetch(`${baseUrl}/api/call/${encodeURIComponent(name)}`, {
        method: "POST",
        headers: { ...authorization, "Content-Type": "application/json" },
        body: JSON.stringify(input),
      }).catch((cause: unknown) => {
        throw new AppError("host.disconnected", "The inspector does not answer. Is it still running?", {
          retryable: true,
          cause,
        });
      });
      if (isRefusal(response)) {
        setStatus({ kind: "refused" });
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
