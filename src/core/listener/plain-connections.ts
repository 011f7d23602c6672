import type { Socket } from "node:net";
import { type PlainRequest, readPlainRequest } from "./plain-request.ts";

/** Connections of which everything so far was plain, so that Node's HTTP server does not know of them. */
export interface PlainConnections {
  add(socket: Socket): void;
  /** Those that were of use and wait for nothing. */
  closeIdle(): void;
  closeAll(): void;
}

export interface PlainConnectionsDeps {
  /** Resolves when the answer is written, or none will be; never rejects. */
  onRequest(request: PlainRequest, socket: Socket): Promise<void>;
  /** Takes over a connection for good, which is paused and gives all that was not answered. */
  giveAway(socket: Socket): void;
}

/** What a connection is at. */
type Stage = "unused" | "answering" | "idle";

/**
 * The short way, which nearly all deliveries take: plain requests, each in a chunk of its own. Node's server takes three
 * times the time for reading and answering one. The first chunk that is anything else, or comes before its turn, goes to
 * that server, and the rest of its connection with it.
 */
export function createPlainConnections(deps: PlainConnectionsDeps): PlainConnections {
  const stages = new Map<Socket, Stage>();

  function add(socket: Socket): void {
    /** What came before its turn. */
    let early: Buffer | null = null;

    function onData(chunk: Buffer): void {
      if (stages.get(socket) === "answering") {
        early = chunk;
        socket.pause();
        return;
      }
      const request = readPlainRequest(chunk);
      if (request === null) giveAway(chunk);
      else answer(request);
    }

    function answer(request: PlainRequest): void {
      stages.set(socket, "answering");
      void deps.onRequest(request, socket).then(answered);
    }

    function answered(): void {
      if (!stages.has(socket)) return;
      stages.set(socket, "idle");
      if (early !== null) giveAway(early);
      else if (socket.readableEnded) socket.end();
      else if (socket.writableNeedDrain) waitForReader();
    }

    /** One that never reads its answers would have us keep them all. */
    function waitForReader(): void {
      socket.pause();
      socket.once("drain", () => socket.resume());
    }

    function onEnd(): void {
      if (stages.get(socket) !== "answering") socket.end();
    }

    function onClose(): void {
      stages.delete(socket);
    }

    function giveAway(unread: Buffer): void {
      stages.delete(socket);
      socket.off("data", onData).off("end", onEnd).off("close", onClose).off("error", ignore);
      socket.pause();
      socket.unshift(unread);
      deps.giveAway(socket);
      socket.resume();
    }

    stages.set(socket, "unused");
    socket.on("data", onData).on("end", onEnd).on("close", onClose).on("error", ignore);
  }

  function close(isToClose: (stage: Stage) => boolean): void {
    for (const [socket, stage] of stages) if (isToClose(stage)) socket.destroy();
  }

  return { add, closeIdle: () => close((stage) => stage === "idle"), closeAll: () => close(() => true) };
}

/** An error closes the connection, and nobody is there to be told. */
function ignore(): void {}
