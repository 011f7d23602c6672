// Speaks like OpenSSH 9.2 with a server behind it. FAKE_MODE says which server, and what goes wrong.
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";

const { FAKE_MODE: mode = "open", FAKE_RECORD: record } = process.env;
const args = process.argv.slice(2);
const after = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const keyPath = after("-i");
const key = keyPath && { path: keyPath, mode: statSync(keyPath).mode & 0o777, text: readFileSync(keyPath, "utf8") };
appendFileSync(record, `${JSON.stringify({ pid: process.pid, args, env: process.env, key })}\n`);

const host = args[args.indexOf("--") + 1];
const say = (...lines) => process.stderr.write(lines.map((line) => `${line}\r\n`).join(""));
function end(...lines) {
  say(...lines);
  process.exit(255);
}

say(`Warning: Permanently added '${host}' (ED25519) to the list of known hosts.`);
const failures = {
  denied: ["me@host: Permission denied (publickey,password)."],
  "key-changed": [
    "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @",
    "IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!",
    "Host key verification failed.",
  ],
  "no-name": [`ssh: Could not resolve hostname ${host}: Name or service not known`],
  refused: [`ssh: connect to host ${host} port 22: Connection refused`],
  "not-forwarded": ["Error: remote port forwarding failed for listen port 8720"],
  "port-taken": [
    "bind [127.0.0.1]:4300: Address already in use",
    "channel_setup_fwd_listener_tcpip: cannot listen to port: 4300",
    "Could not request local forwarding.",
  ],
  old: ["command-line: line 0: Bad configuration option: nonsense"],
  mute: [],
};
if (mode in failures) end(...failures[mode]);
if (mode === "deaf") process.on("SIGTERM", () => {});
process.on("SIGUSR2", () => end(`Connection to ${host} closed by remote host.`));
setInterval(() => {}, 60_000);

if (mode === "garbage") process.stdout.write('{"event":"tcpip-forward","address":"<script>"}\n{nonsense\n\u0000\n');
else if (mode === "silent") say("debug1: Authentications that can continue: publickey");
else if (host === "localhost.run") localhostRun();
else if (host === "a.pinggy.io") pinggy();
else say("debug1: Entering interactive session.", `debug1: remote forward success for: listen ${after("-R")}`);

function localhostRun() {
  say("=====", "Welcome to localhost.run!", "To explore using localhost.run visit https://localhost.run/docs/");
  const event = (name, address) =>
    `${JSON.stringify({ connection_id: "x", event: name, address, status: "success" })}\n`;
  process.stdout.write(event("authn", ""));
  process.stdout.write(event("tcpip-forward", "first.lhr.life"));
  process.on("SIGHUP", () => process.stdout.write(event("tcpip-forward", "second.lhr.life")));
}

function pinggy() {
  process.stdout.write(
    "You are not authenticated.\nYour tunnel will expire in 60 minutes.\nhttps://pinggy.io/upgrade\n",
  );
  const [address, port] = after("-L").split(":");
  createServer((request, response) => {
    if (request.url !== "/urls") return response.writeHead(404).end();
    response.end('{"urls":["http://calm-otter.a.free.pinggy.link","https://calm-otter.a.free.pinggy.link"]}');
  }).listen(Number(port), address);
}
