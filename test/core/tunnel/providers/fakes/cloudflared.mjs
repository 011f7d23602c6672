// Speaks like cloudflared (https://github.com/cloudflare/cloudflared): the same log lines, the same metrics server, the
// same way to find its configuration. FAKE_MODE says what goes wrong; /set?ready=0 on the metrics port takes it down.
import { appendFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const { FAKE_MODE: mode = "open", FAKE_RECORD: record, HOME: home, TUNNEL_TOKEN: token } = process.env;
const args = process.argv.slice(2);
appendFileSync(record, `${JSON.stringify({ pid: process.pid, args, env: process.env })}\n`);

const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const log = (level, text) => process.stderr.write(`2026-01-02T03:04:05Z ${level} ${text}\n`);
const isNamed = args.includes("run");

function end(code, ...lines) {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(code);
}

if (mode === "deaf")
  process.on("SIGTERM", () => log("INF", "Initiating graceful shutdown due to signal terminated ..."));
const config = option("--config") ?? join(home, ".cloudflared/config.yml");
if (config !== "/dev/null" && existsSync(config)) {
  end(1, "Use `cloudflared tunnel run` to start tunnel 6ff42ae2");
}
if (config === "/dev/null") log("ERR", "Configuration file /dev/null was empty");
if (mode === "bad-token") end(255, "Provided Tunnel token is not valid.", "See 'cloudflared tunnel run --help'.");
if (isNamed && token === undefined) end(255, '"cloudflared tunnel run" requires the ID or name of the tunnel to run');

if (!isNamed) log("INF", "Requesting new quick Tunnel on trycloudflare.com...");
if (mode === "rate-limited") {
  log(
    "ERR",
    `Error unmarshaling QuickTunnel response: error code: 1015 error="invalid character 'e' looking for beginning of value" status_code="429 Too Many Requests"`,
  );
  end(1, "failed to unmarshal quick Tunnel: invalid character 'e' looking for beginning of value");
}
if (mode === "offline") {
  end(
    1,
    'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com: no such host',
  );
}
if (mode === "garbage") {
  process.stderr.write(Buffer.from([0xff, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x00, 0x07]));
  end(3, `\u001b[31mbroken\u0007 \u202Ebeyond\u0000 repair\u001b[0m ${"x".repeat(5_000)}`);
}
if (mode === "echoes-token") end(1, `ERR debug token=${token}`);
if (mode === "silent") setInterval(() => {}, 60_000);
else {
  if (mode === "noisy") {
    for (let i = 0; i < 10; i++) process.stderr.write("x".repeat(1_000_000));
    for (let i = 0; i < 50_000; i++) process.stderr.write(`${"y".repeat(10)}\n`);
  }
  serve();
}

function serve() {
  let isReady = mode !== "never-ready";
  const [host, port] = option("--metrics").split(":");
  if (!isNamed && mode !== "unannounced") {
    log("INF", "+-----------------------------------------------+");
    log("INF", "|  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |");
    log("INF", "|  https://calm-otter-runs.trycloudflare.com                                                 |");
    log("INF", "+-----------------------------------------------+");
  }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://metrics");
    if (pathname === "/quicktunnel" && mode !== "old") {
      return response.end(`{"hostname":"${isNamed ? "" : "calm-otter-runs.trycloudflare.com"}"}`);
    }
    if (pathname === "/ready") {
      response.writeHead(isReady ? 200 : 503);
      return response.end(`{"status":${isReady ? 200 : 503},"readyConnections":${isReady ? 1 : 0},"connectorId":"x"}`);
    }
    if (pathname === "/set") {
      isReady = searchParams.get("ready") === "1";
      return response.end();
    }
    if (pathname === "/end") {
      log("ERR", "Serve tunnel error: Unauthorized: Tunnel not found");
      response.end(() => process.exit(1));
      return;
    }
    response.writeHead(404).end();
  });
  server.listen(Number(port), host);
}
