/**
 * Whether the signature still fits at the target, by shape of body, after the inspector's forward and replay, http-proxy and,
 * where somebody installed it (npm install --no-save mockttp@4.6.5: 109 packages), mockttp. And whether the headers
 * came with their order, case and bytes.
 */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { startBareServer, startServe } from "./servers.ts";

const SECRET = "sig_sec_bench";
const eventOf = (bytes: number) => JSON.stringify({ type: "video.source.recorded", padding: "x".repeat(bytes) });
const SHAPES: Readonly<Record<string, string | Buffer>> = {
  compact: '{"type":"video.source.recorded"}',
  pretty: JSON.stringify({ type: "video.source.recorded" }, null, 2),
  "\\/": '{"url":"https:\\/\\/ws.api.video"}',
  "\\u00e9": '{"title":"Caf\\u00e9"}',
  "1.0": '{"duration":1.0}',
  "big int": '{"id":12345678901234567890123}',
  "dup key": '{"a":1,"a":2}',
  "proto key": '{"__proto__":{"a":1}}',
  "no UTF-8": Buffer.from([0x7b, 0xff, 0x00, 0x0d, 0x0a, 0x7d]),
  "0.9 MB": eventOf(900_000),
  "1.1 MB": eventOf(1_100_000),
  "5 MB": eventOf(5_000_000),
};
const HEADERS = ["x-B", "1", "X-API-Video-Signature", "", "Cookie", "a=1", "x-A", "\u00e9", "X-b", "2"];

let onArrival = (_body: Buffer, _request: IncomingMessage) => {};
const server = createServer(async (incoming, response) => {
  const body = await buffer(incoming);
  response.writeHead(204).end();
  onArrival(body, incoming);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
await using proxy = await startBareServer(join(import.meta.dirname, "proxy-server.ts"), [target]);
await using serve = await startServe({ APIVIDEO_INSPECTOR_FORWARD_TO: target });
const mockttp = await startMockttp();

const rows: Record<string, Record<string, string>> = {};
for (const [shape, content] of Object.entries(SHAPES)) {
  const body = Buffer.from(content);
  const forwarded = await arrivalOf(() => post(serve.listenerUrl, body));
  const replayed = await arrivalOf(async () => {
    const { items } = await serve.call<{ items: Array<{ id: string }> }>("deliveries.list", { limit: 1 });
    await serve.call("replay.send", { id: items[0]?.id });
  });
  rows[shape] = {
    forward: verdict(body, forwarded),
    replay: verdict(body, replayed),
    "http-proxy": verdict(body, await arrivalOf(() => post(proxy.url, body))),
    ...(mockttp && { mockttp: verdict(body, await arrivalOf(() => post(mockttp.url, body))) }),
  };
}
console.log("fidelity: does the signature still fit at the target, and do the headers keep order, case and bytes?");
console.table(rows);
await mockttp?.stop();
server.close();
server.closeAllConnections();

/** What came to the target because of this. */
async function arrivalOf(send: () => Promise<void>): Promise<{ body: Buffer; rawHeaders: string[] }> {
  const arrived = new Promise<{ body: Buffer; rawHeaders: string[] }>((resolve) => {
    onArrival = (body, { rawHeaders }) => resolve({ body, rawHeaders });
  });
  await send();
  return await arrived;
}

async function post(url: string, body: Buffer): Promise<void> {
  const headers = HEADERS.map((text) => (text === "" ? signatureOf(body) : text));
  const host = new URL(url).host;
  const outgoing = request(url, {
    method: "POST",
    headers: ["Host", host, ...headers, "Content-Length", String(body.length)],
    agent: false,
  });
  const answered = once(outgoing, "response");
  outgoing.end(body);
  const [response] = await answered;
  response.resume();
}

/** A case or an order that is not kept shows in the names, a byte that is not kept in a value. */
function verdict(sent: Buffer, { body, rawHeaders }: { body: Buffer; rawHeaders: string[] }): string {
  const signature = rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "x-api-video-signature") + 1];
  const expected = HEADERS.map((text) => (text === "" ? signatureOf(sent) : text));
  const first = rawHeaders.findIndex((name) => name.toLowerCase() === expected[0]?.toLowerCase());
  const arrived = rawHeaders.slice(first, first + expected.length);
  const differs = (parity: number) => expected.some((text, i) => i % 2 === parity && text !== arrived[i]);
  const headers = differs(0) ? ", names of headers changed" : differs(1) ? ", a header's bytes changed" : "";
  return `${signatureOf(body) === signature ? "fits" : "BROKEN"}${headers}`;
}

function signatureOf(body: Buffer): string {
  return createHmac("sha256", SECRET).update(body).digest("hex");
}

async function startMockttp(): Promise<{ url: string; stop(): Promise<void> } | null> {
  // Not a literal: it is not among our packages, and need not be there.
  const name = "mockttp";
  try {
    const { getLocal } = await import(name);
    const mock = getLocal();
    await mock.start();
    await mock.forAnyRequest().thenForwardTo(target);
    return { url: mock.url, stop: () => mock.stop() };
  } catch {
    // Not installed.
    return null;
  }
}
