/**
 * The least that a promise takes: checks the signature, appends headers and body to a file that has its room already, and
 * answers when that is on disk, all that wait for it with one sync. No database, no search, no events. Prints its port.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { closeSync, fdatasync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync, writev } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [secret = ""] = process.argv.slice(2);
const LOG_BYTES = 64 * 1024 * 1024;

const dir = mkdtempSync(join(process.env["BENCH_DIR"] ?? tmpdir(), "inspector-bench-"));
const log = openSync(join(dir, "log"), "w");
for (let at = 0; at < LOG_BYTES; at += 1024 * 1024) writeSync(log, Buffer.alloc(1024 * 1024), 0, undefined, at);
fsyncSync(log);

let end = 0;
let waiting: Array<{ pieces: readonly Buffer[]; response: ServerResponse }> = [];
let isSyncing = false;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const signature = Buffer.from(String(request.headers["x-api-video-signature"]), "hex");
    if (!timingSafeEqual(signature, createHmac("sha256", secret).update(body).digest())) throw new Error("Not signed.");
    waiting.push({ pieces: [Buffer.from(JSON.stringify(request.rawHeaders)), body], response });
    setImmediate(append);
  });
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));

process.once("SIGTERM", () => {
  closeSync(log);
  rmSync(dir, { recursive: true });
  process.exit();
});

function append(): void {
  if (isSyncing || waiting.length === 0) return;
  isSyncing = true;
  const written = waiting;
  waiting = [];
  const pieces = written.flatMap((each) => each.pieces);
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (end + bytes > LOG_BYTES) end = 0;
  writev(log, pieces, end, () => fdatasync(log, () => answer(written)));
  end += bytes;
}

function answer(written: typeof waiting): void {
  isSyncing = false;
  for (const { response } of written) {
    response.statusCode = 202;
    response.setHeader("Content-Length", "0");
    response.end();
  }
  append();
}
