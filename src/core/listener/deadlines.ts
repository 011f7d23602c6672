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

export interface ConnectionLimits {
  readonly connections: number;
  /** With an unfinished head. */
  readonly heads: number;
}

export interface DeadlinesOptions {
  readonly limits: ConnectionLimits;
  readonly headMs: number;
  readonly bodyMs: number;
  onSlowHead(socket: Socket): void;
  onSlowBody(socket: Socket): void;
}

/**
 * Deadlines and limits for connections. Where there are too many, the one that has waited longest without a whole request
 * gives way; where too many have an unfinished head, the oldest of these, as if its deadline had passed. Deadlines for heads and bodies that count from their first byte. Node's own (`headersTimeout`, `requestTimeout`) count
 * from the connection's start and so close connections that never sent anything, such as the pool that localtunnel keeps
 * open. One sweep over all connections costs less than a timer for each request. All of it is counted by a clock that nobody
 * sets: set back, the wall clock would give a slow sender hours, and set on, take an honest one's time away.
 */
export interface Deadlines extends Disposable {
  /** A head is complete and its body begins. Answers how long ago its first byte came, as far as a sweep saw it before. */
  headComplete(socket: Socket): number;
  requestComplete(socket: Socket): void;
}

export function watchDeadlines(server: Server, options: DeadlinesOptions): Deadlines {
  const connections = new Map<Socket, Progress>();
  const now = () => performance.now();
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();

  server.on("connection", (socket: Socket) => {
    connections.set(socket, { stage: "idle", since: now(), consumed: 0 });
    socket.once("close", () => connections.delete(socket));
    if (connections.size > options.limits.connections) giveWay();
  });

  /** The order of the map is that of their last request, or of their beginning. */
  function giveWay(): void {
    for (const [socket, { stage }] of connections) {
      if (stage === "body") continue;
      connections.delete(socket);
      socket.destroy();
      return;
    }
  }

  function sweep(): void {
    const at = now();
    const heads: Socket[] = [];
    for (const [socket, progress] of connections) {
      if (progress.stage === "idle" && socket.bytesRead > progress.consumed) {
        Object.assign(progress, { stage: "head", since: at });
      }
      const { stage, since } = progress;
      if (stage === "head") heads.push(socket);
      if (stage === "head" && at - since > options.headMs) options.onSlowHead(socket);
      if (stage === "body" && at - since > options.bodyMs) options.onSlowBody(socket);
    }
    for (const socket of heads.slice(0, -options.limits.heads)) options.onSlowHead(socket);
  }

  return {
    headComplete(socket) {
      const at = now();
      const progress = connections.get(socket);
      if (progress === undefined) return 0;
      const headMs = progress.stage === "head" ? at - progress.since : 0;
      progress.stage = "body";
      progress.since = at;
      return headMs;
    },
    requestComplete(socket) {
      const progress = connections.get(socket);
      if (progress === undefined) return;
      Object.assign(progress, { stage: "idle", since: now(), consumed: socket.bytesRead });
      connections.delete(socket);
      connections.set(socket, progress);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
