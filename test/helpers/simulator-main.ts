// node test/helpers/simulator-main.ts: the simulator alone, without limits on calls a minute, and so slow that a kill can
// hit every moment of a call: before its effect and after it. Prints one JSON line with its URL, stays until it is killed.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createClock } from "#core/lib/clock.ts";
import { startSimulator } from "#core/simulator/simulator.ts";
import { randomId } from "#shared/random-id.ts";
import { silentLog } from "./silent-log.ts";

const { values } = parseArgs({ options: { "slow-ms": { type: "string", default: "0" } } });
const slowMs = Number(values["slow-ms"]);
const simulator = await startSimulator({
  port: 0,
  clock: createClock(),
  log: silentLog(),
  randomId,
  rateLimit: { uploads: 1e6, writes: 1e6, reads: 1e6 },
});

/** Passes each call on whole after a while, and its answer after another. */
const front = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  await delay(slowMs);
  const { authorization = "", "content-type": type } = request.headers;
  const answer = await fetch(simulator.url + request.url, {
    method: request.method ?? "GET",
    headers: { authorization, ...(type && { "content-type": type }) },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  await delay(slowMs);
  response.writeHead(answer.status, { "content-type": "application/json" }).end(body);
});
front.listen(0, "127.0.0.1", () => {
  // A server that listens on TCP has an address of this type.
  const { port } = front.address() as AddressInfo;
  console.log(JSON.stringify({ simulatorUrl: `http://127.0.0.1:${port}` }));
});
