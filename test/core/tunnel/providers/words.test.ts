import { expect, it } from "vitest";
import * as cloudflared from "#core/tunnel/providers/cloudflared-words.ts";
import { missingProgram } from "#core/tunnel/providers/find-program.ts";
import * as localtunnel from "#core/tunnel/providers/localtunnel-report.ts";
import * as ngrok from "#core/tunnel/providers/ngrok-words.ts";
import { toService } from "#core/tunnel/providers/ssh-service.ts";
import * as ssh from "#core/tunnel/providers/ssh-words.ts";

const ENDINGS = [
  "",
  "429 Too Many Requests",
  "Unauthorized: invalid tunnel secret",
  "Incorrect Usage: flag provided but not defined",
  "listen tcp 127.0.0.1:1: bind: address already in use",
  "dial tcp: i/o timeout",
  "Host key verification failed.",
  "Permission denied (publickey).",
  "Bad configuration option: x",
  "Could not request local forwarding.",
  "Error: remote port forwarding failed for listen port 8720",
  "Connection refused",
];
const SERVICES = [
  toService({ provider: "ssh", preset: "pinggy" }, ""),
  toService({ provider: "ssh", user: null, host: "box.example", port: 22 }, "https://hooks.example"),
].filter((service) => service !== undefined);
const NGROK_ERRORS = ["timeout", ...[105, 108, 334, 3004].map((code) => `failed ERR_NGROK_${code}`)];

const FAULTS = [
  ...ENDINGS.flatMap((line) => [cloudflared.endedFault([line]), cloudflared.unreadyFault([line])]),
  cloudflared.disconnectedFault(),
  ...SERVICES.flatMap((service) =>
    ENDINGS.flatMap((line) => [ssh.endedFault([line], service), ssh.unreadyFault([line], service)]),
  ),
  ...NGROK_ERRORS.map((text) => ngrok.toFault(new Error(text), "token")),
  ngrok.missingPackage(),
  ngrok.missingToken(),
  ngrok.lostFault(),
  ngrok.timeoutFault(),
  missingProgram("cloudflared", "Install it so that it is on your PATH."),
  ...[401, 409, 429, 503].map((status) => localtunnel.toFault({ kind: "refused", status, reason: null }, "relay")),
  ...["ENOTFOUND", "ECONNREFUSED"].map((code) => localtunnel.toFault({ kind: "unreachable", code }, "relay")),
  localtunnel.timeoutFault("relay", null),
];

/** Whoever shows a fault knows whether it is tried again, and adds it: both would contradict or repeat each other. */
it.each([...new Set(FAULTS.map(({ message }) => message))])("leaves it open what comes next: %s", (message) => {
  expect(message).toMatch(/[.]$/);
  expect(message).not.toMatch(/open the tunnel|tried again|start again/i);
});
