import type { Server } from "node:http";
import type { Socket } from "node:net";

/** How often connections are looked at: a deadline is kept to within this. */
const SWEEP_MS = 250;

/** What a connection is at, and since when; a head counts from the sweep that first saw a byte of it. */
interface Progress {
  stage: "idle" | "head" | "body";
  since: number;
  /** Bytes read when the last request was complete: more than these are the beginning of a head. */
  consumed: number;
}

export interface DeadlinesOptions {
  now(): number;
  readonly headMs: number;
  readonly bodyMs: number;
  onSlowHead(socket: Socket): void;
  onSlowBody(socket: Socket): void;
}

/**
 * Deadlines for heads and bodies that count from their first byte. Node's own (`headersTimeout`, `requestTimeout`) count
 * from the connection's start and so close connections that never sent anything, such as the pool that localtunnel keeps
 * open. One sweep over all connections costs less than a timer for each request.
 */
export interface Deadlines extends Disposable {
  /** A head is complete and its body begins. Answers when its first byte came, as far as a sweep saw it before. */
  headComplete(socket: Socket): number;
  requestComplete(socket: Socket): void;
}

export function watchDeadlines(server: Server, options: DeadlinesOptions): Deadlines {
  const connections = new Map<Socket, Progress>();
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();

  server.on("connection", (socket: Socket) => {
    connections.set(socket, { stage: "idle", since: 0, consumed: 0 });
    socket.once("close", () => connections.delete(socket));
  });

  function sweep(): void {
    const now = options.now();
    for (const [socket, progress] of connections) {
      const { stage, since } = progress;
      if (stage === "idle" && socket.bytesRead > progress.consumed)
        Object.assign(progress, { stage: "head", since: now });
      if (stage === "head" && now - since > options.headMs) options.onSlowHead(socket);
      if (stage === "body" && now - since > options.bodyMs) options.onSlowBody(socket);
    }
  }

  return {
    headComplete(socket) {
      const now = options.now();
      const progress = connections.get(socket);
      if (progress === undefined) return now;
      const firstByteAt = progress.stage === "head" ? progress.since : now;
      progress.stage = "body";
      progress.since = now;
      return firstByteAt;
    },
    requestComplete(socket) {
      const progress = connections.get(socket);
      if (progress === undefined) return;
      progress.stage = "idle";
      progress.consumed = socket.bytesRead;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
