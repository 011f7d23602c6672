import type { IncomingMessage, ServerResponse } from "node:http";
import type { EventEnvelope } from "#shared/contract/types.ts";
import type { EventBus } from "../../event-bus.ts";

/** A comment line, so that both sides notice when the other is gone. */
const PING_MS = 15_000;
const MAX_STREAMS = 50;
/** A reader that is this far behind is cut off; it comes back and resumes, or loads everything again. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;
/** Where all together are further behind than this, the slowest is cut off. */
const MAX_ALL_BACKLOGS_BYTES = 32 * 1024 * 1024;

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): `id:` is the event's seq. */
export interface EventStreams extends Disposable {
  open(request: IncomingMessage, response: ServerResponse): void;
}

export function createEventStreams(events: EventBus): EventStreams {
  const streams = new Set<ServerResponse>();
  let pending: string[] = [];

  const unsubscribe = events.subscribe((event) => {
    if (streams.size === 0) return;
    // One write per turn of the event loop, however many events it brings.
    if (pending.length === 0) setImmediate(flush);
    pending.push(toMessage(event));
  });
  const ping = setInterval(() => writeAll(": ping\n\n"), PING_MS);
  ping.unref();

  function flush(): void {
    const text = pending.join("");
    pending = [];
    writeAll(text);
  }

  function writeAll(text: string): void {
    for (const stream of streams) {
      if (stream.writableLength > MAX_BACKLOG_BYTES) stream.destroy();
      else stream.write(text);
    }
    for (const slowest of tooFarBehind(streams)) slowest.destroy();
  }

  return {
    open(request, response) {
      if (streams.size >= MAX_STREAMS) {
        response.writeHead(503, { "Retry-After": "5" }).end();
        return;
      }
      // What is pending was published before this stream began; it is part of `since` or of the snapshot.
      flush();
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.write(": connected\n\n");
      const lastId = Number(request.headers["last-event-id"]);
      if (Number.isSafeInteger(lastId) && request.headers["last-event-id"] !== undefined) {
        const missed = events.since(lastId) ?? [{ seq: events.seq, name: "reset" as const, payload: {} }];
        response.write(missed.map(toMessage).join(""));
      }
      streams.add(response);
      response.on("close", () => streams.delete(response));
      response.on("error", () => streams.delete(response));
    },
    [Symbol.dispose]() {
      unsubscribe();
      clearInterval(ping);
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}

/** Those that are to be cut off, so that the rest is within bounds: the slowest first. */
function tooFarBehind(streams: ReadonlySet<ServerResponse>): ServerResponse[] {
  let bytes = 0;
  for (const { writableLength } of streams) bytes += writableLength;
  if (bytes <= MAX_ALL_BACKLOGS_BYTES) return [];
  const slowestFirst = [...streams].toSorted((a, b) => b.writableLength - a.writableLength);
  const cut: ServerResponse[] = [];
  for (const stream of slowestFirst) {
    if (bytes <= MAX_ALL_BACKLOGS_BYTES) break;
    cut.push(stream);
    bytes -= stream.writableLength;
  }
  return cut;
}

/** JSON has no raw line breaks, so one data line is always enough. */
function toMessage(event: EventEnvelope): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}
