import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { createClient } from "#shared/contract/client.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import type { Client } from "#shared/contract/types.ts";
import { type Child, CLI, projectRoot, runChild, startChild } from "../helpers/child.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { listWebhooks, SIMULATOR_KEY, uploadVideo } from "../helpers/simulator-account.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const FREE_PORTS = ["--listener-port", "0", "--ui-port", "0"];

function startServe(dataDir: string, flags: readonly string[]): Promise<Child> {
  return startChild([CLI, "serve", "--json", "--data-dir", dataDir, ...FREE_PORTS, ...flags]);
}

function clientOf(serve: Child): Client {
  const { uiUrl = "", token = "" } = serve.ready;
  return createClient(createHttpConnection({ find: () => ({ url: new URL(uiUrl).origin, token }), fetch }));
}

describe("the main job, with real processes", () => {
  it("leads from an upload through the tunnel to a verified delivery, a replay, a kill, and a clean end", async () => {
    using dir = tempDir();
    await using receiver = await startReceiver();
    await using relay = await startChild([join(projectRoot, "test/helpers/relay-main.ts"), "--port", "0"]);
    await using sim = await startChild([CLI, "simulator", "--port", "0", "--json"]);
    const simulatorUrl = sim.ready["simulatorUrl"] ?? "";
    const flags = [
      "--api",
      simulatorUrl,
      "--tunnel",
      "localtunnel",
      "--tunnel-host",
      relay.ready["url"] ?? "",
      "--forward-to",
      `${receiver.url}/hooks`,
    ];
    const env = { APIVIDEO_API_KEY: SIMULATOR_KEY };
    const serveArgs = [CLI, "serve", "--json", "--data-dir", dir.path, ...FREE_PORTS, ...flags];

    const first = await startChild(serveArgs, env);
    const client = clientOf(first);
    await vi.waitFor(
      async () => expect((await client.call("app.snapshot", {})).registration.phase).toBe("registered"),
      { timeout: 15_000 },
    );
    const { tunnel, registration } = await client.call("app.snapshot", {});
    expect(tunnel).toMatchObject({ provider: "localtunnel", phase: "open" });
    expect(registration.url?.startsWith(tunnel.url ?? "?")).toBe(true);

    const videoId = await uploadVideo(simulatorUrl);
    await vi.waitFor(async () => expect((await client.call("deliveries.list", {})).items.length).toBeGreaterThan(0), {
      timeout: 15_000,
    });
    const [delivery] = (await client.call("deliveries.list", {})).items;
    expect(delivery).toMatchObject({
      type: "video.encoding.quality.completed",
      verification: { state: "verified" },
      subject: { videoId },
      source: "received",
      answered: { status: 202 },
    });

    const id = delivery?.id ?? "";
    const detail = await client.call("deliveries.get", { id });
    const body = Buffer.from((await client.call("deliveries.body", { id })).base64, "base64");
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(0));
    const before = receiver.requests.length;
    const attempt = await client.call("replay.send", { id });
    expect(attempt.outcome).toMatchObject({ kind: "answered", status: 200 });
    const replayed = receiver.requests.slice(before).find((request) => request.rawHeaders.includes(id));
    expect(replayed?.body.equals(body)).toBe(true);
    expect(replayed?.url).toBe("/hooks");
    const [webhook] = await listWebhooks(simulatorUrl);
    expect(headerOf(replayed?.rawHeaders ?? [], "x-api-video-signature")).toBe(
      createHmac("sha256", webhook?.signatureSecret ?? "")
        .update(body)
        .digest("hex"),
    );
    expect(detail.diagnosis.state).toBe("verified");

    await first.end("SIGKILL");
    const second = await startChild(serveArgs, env);
    const again = clientOf(second);
    const kept = await again.call("deliveries.get", { id });
    expect(kept.bodySha256).toBe(detail.bodySha256);
    expect(kept.headers).toEqual(detail.headers);
    expect(kept.attempts.map((one) => one.kind)).toContain("replay");
    await vi.waitFor(async () => expect((await again.call("app.snapshot", {})).registration.phase).toBe("registered"), {
      timeout: 15_000,
    });
    expect(await listWebhooks(simulatorUrl)).toHaveLength(1);

    expect(await second.end("SIGTERM")).toBe(0);
    expect(await listWebhooks(simulatorUrl)).toEqual([]);
    expect(readdirSync(dir.path).sort()).toEqual(["inspector.db", "secrets"]);
  }, 60_000);

  it("keeps its files to their owner and writes the record of a running engine", async () => {
    using dir = tempDir();
    await using serve = await startServe(dir.path, []);

    const files = readdirSync(dir.path);
    expect(statSync(dir.path).mode & 0o777).toBe(0o700);
    for (const file of files) expect([file, statSync(join(dir.path, file)).mode & 0o777]).toEqual([file, 0o600]);
    const record = JSON.parse(readFileSync(join(dir.path, "engine.json"), "utf8"));
    expect(record.pid).toBe(serve.process.pid);
    expect(serve.ready).toMatchObject({ ready: true, pid: serve.process.pid, dataDir: dir.path, publicUrl: null });
    expect(serve.ready["simulatorUrl"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await vi.waitFor(async () =>
      expect((await clientOf(serve).call("app.snapshot", {})).registration).toMatchObject({ phase: "registered" }),
    );
    expect(serve.stderr()).toBe("");
  });
});

describe("the command line", () => {
  it("talks to the engine that runs on the data folder", async () => {
    using dir = tempDir();
    await using receiver = await startReceiver();
    await using _serve = await startServe(dir.path, ["--forward-to", receiver.url]);
    const cli = (...args: string[]) => runChild([CLI, ...args, "--data-dir", dir.path]);

    const triggered = await cli(
      "trigger",
      "live-stream.broadcast.started",
      "--count",
      "2",
      "--set",
      "liveStreamId=li42",
      "--format",
      "json",
    );
    const lines = triggered.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => [line.id, line.verification.state, line.subject.liveStreamId])).toEqual([
      ["d1", "verified", "li42"],
      ["d2", "verified", "li42"],
    ]);
    const listed = await cli("events", "list", "li42", "--format", "json");
    expect(
      listed.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).id),
    ).toEqual(["d2", "d1"]);
    const body = await cli("events", "get", "d1", "--body");
    expect(JSON.parse(body.stdout)).toMatchObject({ type: "live-stream.broadcast.started" });
    const replayed = await cli("events", "replay", "d1", "--format", "json");
    expect(JSON.parse(replayed.stdout)).toMatchObject({ kind: "replay", outcome: { kind: "answered", status: 200 } });
  });

  it("works on its own where no engine runs, and after one was killed", async () => {
    using dir = tempDir();
    const serve = await startServe(dir.path, []);
    await serve.end("SIGKILL");
    expect(readdirSync(dir.path)).toContain("engine.json");
    const cli = (...args: string[]) => runChild([CLI, ...args, "--data-dir", dir.path]);

    const triggered = await cli("trigger", "video.summary.generated", "--format", "json");
    const listed = await cli("events", "list", "--format", "json");

    expect(JSON.parse(triggered.stdout)).toMatchObject({ id: "d1", verification: { state: "verified" } });
    expect(JSON.parse(listed.stdout)).toMatchObject({ id: "d1", source: "simulated" });
  });

  it.each([
    ["wrong-secret", { state: "failed", cause: "wrong-secret" }],
    ["missing", { state: "unsigned" }],
    ["reserialised", { state: "failed", cause: "reserialised-body" }],
  ])("triggers an event with the signature %s, and the app sees through it", async (signature, verification) => {
    using dir = tempDir();

    const { stdout } = await runChild([
      CLI,
      "trigger",
      "video.caption.generated",
      "--signature",
      signature,
      "--format",
      "json",
      "--data-dir",
      dir.path,
    ]);

    expect(JSON.parse(stdout).verification).toEqual(verification);
  });

  it.each([
    ["an unknown flag", ["serve", "--nope"], 2, /--nope/],
    ["an unknown command", ["nope"], 2, /nope/],
    ["a tunnel that does not exist", ["serve", "--tunnel", "teleport"], 2, /--tunnel/],
    ["a tunnel URL without TLS", ["serve", "--tunnel", "http://example.com"], 2, /--tunnel/],
    ["an API that is no URL", ["serve", "--api", "ftp://x"], 2, /--api/],
    ["an API over http on another machine", ["serve", "--api", "http://example.com"], 2, /--api/],
    ["a port that is no port", ["serve", "--listener-port", "99999"], 2, /--listener-port/],
    ["a target that is no URL", ["serve", "--forward-to", "::::"], 2, /--forward-to/],
    ["a folder without deliveries", ["events", "get", "d77"], 4, /no deliveries in .*--data-dir/],
    ["a signature kind that does not exist", ["trigger", "x", "--signature", "nope"], 2, /signature/],
  ])("answers %s with one clear line and its exit code", async (_, args, code, message) => {
    using dir = tempDir();

    const ended = await runChild([CLI, ...args, ...(args[0] === "nope" ? [] : ["--data-dir", dir.path])]);

    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect(ended.stdout).toBe("");
  });

  it("refuses a second serve on the same folder, and a port that is taken, with what to do", async () => {
    using dir = tempDir();
    using other = tempDir();
    await using serve = await startServe(dir.path, []);
    const port = new URL(serve.ready["listenerUrl"] ?? "").port;

    const second = await runChild([CLI, "serve", "--json", "--data-dir", dir.path, ...FREE_PORTS]);
    const taken = await runChild([
      CLI,
      "serve",
      "--json",
      "--data-dir",
      other.path,
      "--listener-port",
      port,
      "--ui-port",
      "0",
    ]);

    expect(second).toMatchObject({
      code: 3,
      stdout: "",
      stderr: expect.stringMatching(/Another instance.*--data-dir/),
    });
    expect(taken).toMatchObject({
      code: 3,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`${port}.*--listener-port`)),
    });
    expect((await clientOf(serve).call("app.snapshot", {})).counts.total).toBe(0);
  });
});

function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return at < 0 ? undefined : rawHeaders[at + 1];
}
