import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Time for a sender that is over the limit to notice our 413 before the connection goes. */
const DRAIN_MS = 1_000;

/** Sends an empty answer; false when the sender is gone. */
export function respond(request: IncomingMessage, response: ServerResponse, status: number): boolean {
  if (response.destroyed || request.socket.destroyed) return false;
  const isWhole = request.complete;
  response.statusCode = status;
  response.setHeader("Content-Length", "0");
  if (isWhole) {
    response.end();
    return true;
  }
  // Closing at once would reset the connection under a sender that is still sending, and the answer would be lost.
  response.setHeader("Connection", "close");
  response.flushHeaders();
  request.resume();
  const drained = setTimeout(() => request.socket.destroy(), DRAIN_MS);
  drained.unref();
  request.once("close", () => {
    clearTimeout(drained);
    response.end();
  });
  return true;
}

/** Answers on the bare connection, where there is no request to answer, and ends it. */
export function refuse(socket: Socket, status: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
