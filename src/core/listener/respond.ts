import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "../lib/answer.ts";
import { httpDate } from "../lib/http-date.ts";
import { STATUS_CODES } from "../lib/node-http.ts";

/** Time for a sender that is over the limit to notice our 413 before the connection goes. */
const DRAIN_MS = 1_000;

/** Statuses whose answers have no body, and no length to tell (RFC 9110, 8.6). */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** Sends an answer, an empty one where there is only a status; false when the sender is gone, or is to be. */
export function respond(request: IncomingMessage, response: ServerResponse, answer: number | Answer | null): boolean {
  if (response.destroyed || request.socket.destroyed) return false;
  // Node leaves the connection to the one who listens for its errors; half of it would stay open for ever.
  if (answer === null) {
    response.destroy();
    return false;
  }
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

/** The same without Node's server, to a request that was whole, on a connection that stays. */
export function respondPlainly(socket: Socket, answer: number | Answer | null): boolean {
  if (answer === null || !socket.writable) return false;
  if (typeof answer === "number") socket.write(headOf(answer, "", 0, "keep-alive"), "latin1");
  else socket.write(toBytes(answer, "keep-alive"));
  return true;
}

/** Answers on the bare connection, where there is no request to answer, and ends it; false when the sender is gone. */
export function refuse(socket: Socket, answer: number | Answer | null): boolean {
  if (answer === null || !socket.writable) {
    socket.destroy();
    return false;
  }
  const whole = typeof answer === "number" ? { status: answer, headers: [], body: Buffer.alloc(0) } : answer;
  socket.end(toBytes(whole, "close"), () => socket.destroy());
  return true;
}

function toBytes({ status, headers, body }: Answer, connection: Connection): Buffer {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = Buffer.from(headOf(status, fields, body.length, connection), "latin1");
  return BODILESS.has(status) ? head : Buffer.concat([head, body]);
}

type Connection = "keep-alive" | "close";

function headOf(status: number, fields: string, length: number, connection: Connection): string {
  const framing = BODILESS.has(status) ? "" : `Content-Length: ${length}\r\n`;
  const date = /^date:/im.test(fields) ? "" : `Date: ${httpDate()}\r\n`;
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "unknown"}\r\n`;
  return `${line}${fields}${framing}${date}Connection: ${connection}\r\n\r\n`;
}
