import { type SendingWay, sendingMs } from "../sending-way.ts";
import type { Connection } from "./connection.ts";

/** How often a slow body gets its next piece, where its rate allows for less than a byte in that time: less often. */
const PIECE_EVERY_MS = 100;

/** What goes over the wire: one head, ending with its empty line, and the body behind it. */
export interface WireRequest {
  readonly method: string;
  readonly head: string;
  readonly body: Uint8Array;
  readonly way?: SendingWay | undefined;
}

/** Writes it in its way. What is returned stops what has not gone out. */
export function writeRequest(connection: Connection, { head, body, way }: WireRequest): () => void {
  switch (way?.kind) {
    case "slow":
      connection.write(head, body.subarray(0, 0));
      return drip(connection, body, body.length / sendingMs(way, body.length));
    case "break-off":
      connection.write(head, body.subarray(0, way.afterBytes));
      connection.endWriting();
      return () => {};
    case undefined:
      connection.write(head, body);
      return () => {};
  }
}

function drip(connection: Connection, body: Uint8Array, bytesPerMs: number): () => void {
  const pieceBytes = Math.max(1, Math.round(bytesPerMs * PIECE_EVERY_MS));
  let sent = 0;
  const timer = setInterval(() => {
    connection.write("", body.subarray(sent, sent + pieceBytes));
    sent += pieceBytes;
    if (sent >= body.length) clearInterval(timer);
  }, pieceBytes / bytesPerMs);
  return () => clearInterval(timer);
}
