import type { Server } from "node:http";
import type { Socket } from "node:net";

/** How often connections are looked at: a deadline is kept to within this. */
const SWEEP_MS = 250;

interface Seen {
  /** Bytes read from the socket when its last request was complete. */
  consumed: number;
  /** When bytes of a head that is not complete were first seen; 0 while there are none. */
  headSince: number;
}

/**
 * A deadline for request heads that counts from their first byte. Node's own (`headersTimeout`) counts from the
 * connection's start and so closes connections that never sent anything, such as the pool that localtunnel keeps open.
 */
export interface HeadWatch {
  /** A head is complete. Answers when its first byte came, as far as a sweep saw it earlier than now. */
  headComplete(socket: Socket, now: number): number;
  requestComplete(socket: Socket): void;
  stop(): void;
}

export function watchHeads(
  server: Server,
  options: { now(): number; deadlineMs: number; onTooSlow(socket: Socket): void },
): HeadWatch {
  const sockets = new Map<Socket, Seen>();
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();

  server.on("connection", (socket: Socket) => {
    sockets.set(socket, { consumed: 0, headSince: 0 });
    socket.once("close", () => sockets.delete(socket));
  });

  function sweep(): void {
    const now = options.now();
    for (const [socket, seen] of sockets) {
      if (seen.consumed < 0 || socket.bytesRead <= seen.consumed) continue;
      if (seen.headSince === 0) seen.headSince = now;
      else if (now - seen.headSince > options.deadlineMs) options.onTooSlow(socket);
    }
  }

  return {
    headComplete(socket, now) {
      const seen = sockets.get(socket);
      if (seen === undefined) return now;
      const since = seen.headSince || now;
      seen.headSince = 0;
      // A body is being read: it has a deadline of its own.
      seen.consumed = -1;
      return since;
    },
    requestComplete(socket) {
      const seen = sockets.get(socket);
      if (seen !== undefined) seen.consumed = socket.bytesRead;
    },
    stop: () => clearInterval(timer),
  };
}
