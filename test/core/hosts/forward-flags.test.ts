import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { addForwardFlags, applyForwardFlags, type ForwardFlags } from "#core/hosts/forward-flags.ts";
import { type HostFlags, readHostOptions } from "#core/hosts/host-options.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { projectRoot } from "../../helpers/child.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { type StartedEngine, startEngine } from "../../helpers/start-engine.ts";
import { startRawTarget } from "../replay/raw-target.ts";

/** For localhost, and trusted by nobody. */
const pem = readFileSync(join(projectRoot, "test/fixtures/self-signed-localhost.pem"));
const tls = { key: pem, cert: pem };

/** The options that a command line and its variables come to. */
function optionsFor(args: readonly string[], env: Record<string, string> = {}, hostFlags: HostFlags = {}) {
  const command = addForwardFlags(new Command())
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  command.parse(args, { from: "user" });
  return applyForwardFlags(readHostOptions(hostFlags, env), command.opts<ForwardFlags>());
}

async function lastAttempt({ client }: StartedEngine) {
  return vi.waitFor(async () => {
    const [delivery] = (await client.call("deliveries.list", {})).items;
    const { attempts } = await client.call("deliveries.get", { id: delivery?.id ?? "" });
    expect(attempts).not.toEqual([]);
    return attempts.at(-1);
  });
}

describe("--path", () => {
  it.each([
    ["3000", "/webhooks/api-video", "http://localhost:3000/webhooks/api-video"],
    ["http://localhost:3000/api/", "hook", "http://localhost:3000/api/hook"],
    ["http://localhost:3000/api?x=1", "/hook", "http://localhost:3000/api/hook?x=1"],
    ["http://localhost:3000", "/hook?y=2", "http://localhost:3000/hook?y=2"],
    ["3000", "//elsewhere.example/x", "http://localhost:3000/elsewhere.example/x"],
  ])("stands behind --forward-to: %s and %s", (forwardTo, path, expected) => {
    expect(optionsFor(["--path", path], {}, { forwardTo }).flags).toEqual({ forwardTo: expected });
    const variable = { APIVIDEO_INSPECTOR_FORWARD_TO: forwardTo };
    expect(optionsFor(["--path", path], variable).flags).toEqual({ forwardTo: expected });
  });

  it("never leads to another server, whatever it holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (path) => {
        try {
          const { forwardTo } = optionsFor([`--path=${path}`], {}, { forwardTo: "3000" }).flags;
          expect(new URL(forwardTo ?? "").origin).toBe("http://localhost:3000");
        } catch (error) {
          expect(error).toMatchObject({ code: "input.invalid" });
        }
      }),
    );
  });
});

it.each([["--path", "/x"], ["--headers", "A: b"], ["--skip-verify"]])(
  "%s says that it is about a server that is to be named",
  (...args) => {
    const message = `${args[0]} is about your server: name it with --forward-to as well.`;
    expect(() => optionsFor(args)).toThrow(expect.objectContaining({ code: "input.invalid", message }));
  },
);

it.each([
  ["no colon", "Write it as"],
  [": no name", "Write it as"],
  ["Host: here", "cannot be set"],
  ["X: a\r\nY: b", "one line"],
])("--headers refuses %j", (text, message) => {
  expect(() => optionsFor(["--headers", text], {}, { forwardTo: "3000" })).toThrow(message);
});

it("shows of added headers only the names, for their values may be secret", () => {
  const args = ["-H", "Authorization: Bearer s3cret", "-H", "X-Env:dev", "--skip-verify"];
  const { launch, forward, flags } = optionsFor(args, {}, { forwardTo: "3000" });

  expect(forward?.headers).toEqual([
    ["Authorization", "Bearer s3cret"],
    ["X-Env", "dev"],
  ]);
  expect(launch).toContainEqual(expect.objectContaining({ id: "forwardHeaders", value: "Authorization, X-Env" }));
  expect(launch).toContainEqual(expect.objectContaining({ id: "skipVerify", value: "yes" }));
  expect(JSON.stringify({ launch, flags })).not.toContain("s3cret");
});

describe("in an engine", () => {
  const headers: HeaderPairs = [["X-Env", "dev"]];
  const forward = { headers, skipVerify: false };

  it("headers come behind a delivery's own, in forwards, replays and runs, and to no other target", async () => {
    await using receiver = await startReceiver();
    await using other = await startReceiver();
    await using started = await startEngine({ connect: false, flags: { forwardTo: receiver.url }, forward });
    const replayAll = { query: "", order: "received", pacing: "asap", concurrency: 1 } as const;

    await sendDelivery(started.engine.listenerUrl);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1));
    await started.client.call("replay.send", { id: "d1" });
    await started.client.call("replay.batch", replayAll);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(3));
    await started.client.call("replay.send", { id: "d1", target: other.url });

    for (const { rawHeaders } of receiver.requests) expect(rawHeaders.join()).toMatch(/,X-Env,dev/);
    expect(other.requests[0]?.rawHeaders).not.toContain("X-Env");
    expect(JSON.stringify(await started.client.call("settings.get", {}))).not.toContain("X-Env");
  });

  it("a certificate that nobody trusts is refused, unless it is not to be checked", async () => {
    await using target = await startRawTarget({ tls });
    // Reaches this machine, but is no loopback address.
    const flags = { forwardTo: `https://0.0.0.0:${target.port}`, allowedTargets: ["0.0.0.0"] };
    await using strict = await startEngine({ connect: false, flags });
    await using lax = await startEngine({ connect: false, flags, forward: { headers: [], skipVerify: true } });

    await sendDelivery(strict.engine.listenerUrl);
    await sendDelivery(lax.engine.listenerUrl);

    expect((await lastAttempt(strict))?.outcome).toMatchObject({ kind: "unreachable", reason: "tls" });
    expect((await lastAttempt(lax))?.outcome).toMatchObject({ kind: "answered", status: 204 });
  });

  it("only the certificate of the default target is not checked", async () => {
    await using target = await startRawTarget({ tls });
    const flags = { forwardTo: "https://0.0.0.0:1", allowedTargets: ["0.0.0.0"] };
    await using started = await startEngine({ connect: false, flags, forward: { headers: [], skipVerify: true } });
    await sendDelivery(started.engine.listenerUrl);

    const attempt = await started.client.call("replay.send", { id: "d1", target: `https://0.0.0.0:${target.port}` });

    expect(attempt.outcome).toMatchObject({ kind: "unreachable", reason: "tls" });
  });

  it("--relay has the server's answer go back, in this run only", async () => {
    await using receiver = await startReceiver();
    receiver.status = 503;
    const { flags } = optionsFor(["--relay"], {}, { forwardTo: receiver.url });
    await using started = await startEngine({ connect: false, flags });

    const answer = await sendDelivery(started.engine.listenerUrl);

    expect(answer.status).toBe(503);
    expect((await started.client.call("settings.get", {})).sources).toMatchObject({ answerMode: "flag" });
    await expect(started.client.call("settings.update", { answerMode: "accept" })).rejects.toThrow("set by a flag");
  });
});
