import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "../lib/answer.ts";

/** Time for a sender that is over the limit to notice our 413 before the connection goes. */
const DRAIN_MS = 1_000;

/** Statuses whose answers have no body, and no length to tell (RFC 9110, 8.6). */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** Sends an answer, an empty one where there is only a status; false when the sender is gone. */
export function respond(request: IncomingMessage, response: ServerResponse, answer: number | Answer): boolean {
  if (response.destroyed || request.socket.destroyed) return false;
  const isWhole = request.complete;
  const body = typeof answer === "number" ? undefined : writeHead(response, answer);
  if (typeof answer === "number") {
    response.statusCode = answer;
    response.setHeader("Content-Length", "0");
  }
  if (isWhole) {
    response.end(body);
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

/** Gives the body that belongs to the head. */
function writeHead(response: ServerResponse, { status, headers, body }: Answer): Uint8Array | undefined {
  response.statusCode = status;
  for (const [name, value] of headers) response.appendHeader(name, value);
  if (BODILESS.has(status)) return undefined;
  response.setHeader("Content-Length", String(body.length));
  return body;
}

/** Answers on the bare connection, where there is no request to answer, and ends it. */
export function refuse(socket: Socket, status: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
