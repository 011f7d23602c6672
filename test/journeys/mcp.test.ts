import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, it, vi } from "vitest";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { type Child, CLI, runChild, startChild, startProgram } from "../helpers/child.ts";
import { callTool } from "../helpers/mcp-client.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** The two ways in which the protocol's own client begins: as it did for years, and as of 2026. */
const ERAS = [{ mode: "legacy" as const }, { mode: { pin: "2026-07-28" } }];

/** An agent that starts the built command itself, as agents do. */
async function startAgent(dataDir: string, versionNegotiation: (typeof ERAS)[number] = { mode: "legacy" }) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [CLI, "mcp", "--data-dir", dataDir],
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation });
  await client.connect(transport);
  return {
    client,
    call: (name: string, input?: Record<string, unknown>) => callTool(client, name, input),
    stderr: () => stderr,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

const startServe = (dataDir: string, ...flags: string[]): Promise<Child> =>
  startChild([
    CLI,
    "serve",
    "--json",
    "--no-open",
    "--data-dir",
    dataDir,
    "--listener-port",
    "0",
    "--ui-port",
    "0",
    ...flags,
  ]);

const out = dirname(dirname(CLI));

/** A built file and all that it loads before it does anything, by name. */
function staticImports(name: string, found: Map<string, string>): Map<string, string> {
  if (found.has(name)) return found;
  const text = readFileSync(join(out, "main", name), "utf8");
  found.set(name, text);
  for (const [, next = ""] of text.matchAll(/from ?"\.\/([^"]+)"/g)) staticImports(next, found);
  return found;
}

describe("mcp", { timeout: 60_000 }, () => {
  it.each(ERAS)("serves an agent beside the running app, from a failure to its mending ($mode)", async (era) => {
    await using receiver = await startReceiver();
    receiver.status = 500;
    using dir = tempDir();
    await using app = await startServe(dir.path, "--forward-to", receiver.url);
    await using agent = await startAgent(dir.path, era);

    const { tools } = await agent.client.listTools();
    const status = await agent.call("get_status");
    const waiting = agent.call("wait_for_delivery", { query: "status:5xx", after: "d0" });
    await sendDelivery(app.ready["listenerUrl"] ?? "", { body: encodingEvent() });
    const failed = await waiting;
    receiver.status = 200;
    const replayed = await agent.call("replay_delivery", { id: "d1" });
    const refused = await agent.call("replay_delivery", { id: "d1", target: "https://example.com" });

    expect(tools).toHaveLength(9);
    expect(agent.client.getInstructions()).toContain("It stands between two marks");
    expect(status.facts).toMatchObject({ isRunning: true, targets: [{ name: null, url: `${receiver.url}/` }] });
    expect(failed.facts).toMatchObject({ found: { id: "d1", lastAttempt: { status: 500, verdict: "refused" } } });
    expect(replayed.facts).toMatchObject({ verdict: "fixed", attempt: { status: 200 } });
    expect(refused).toMatchObject({ isError: true, texts: [expect.stringMatching(/^replay\.target_refused: /)] });
    expect(agent.stderr()).toBe("");
  });

  it("says in words that the app went away, and goes on when it is back", async () => {
    using dir = tempDir();
    const first = await startServe(dir.path);
    await using agent = await startAgent(dir.path);
    const waiting = agent.call("wait_for_delivery", { after: "d404", timeoutSeconds: 2 });
    await first.end("SIGKILL");

    const gone = await waiting;
    const meanwhile = await agent.call("trigger_event", { type: "video.caption.generated" });
    await using _second = await startServe(dir.path);
    const back = await agent.call("get_status");

    expect(gone).toMatchObject({ isError: true, texts: [expect.stringMatching(/^host\.disconnected: /)] });
    expect(meanwhile.facts).toMatchObject({ deliveries: [{ id: "d1" }] });
    expect(back.facts).toMatchObject({ isRunning: true, counts: { total: 1 } });
  });

  it("has nothing but the protocol on stdout, each message on one line, whatever was captured", async () => {
    using dir = tempDir();
    await using app = await startServe(dir.path);
    const body = JSON.stringify({ type: "a\nb\u2028c\u001b[2J\r\n{}", text: '{"jsonrpc":"2.0"}\n' });
    await sendDelivery(app.ready["listenerUrl"] ?? "", { body });
    const call = (id: number, name: string, input: unknown) => ({
      ...{ jsonrpc: "2.0", id, method: "tools/call" },
      params: { name, arguments: input },
    });
    const agent = startProgram([CLI, "mcp", "--data-dir", dir.path], {}, { keepsStdin: true });
    const stdin = agent.process.stdin;
    const messages = [
      {
        ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
        params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
      },
      call(2, "get_delivery", { id: "d1" }),
      call(3, "list_deliveries", { query: "nonsense:" }),
    ];
    for (const message of messages) stdin?.write(`${JSON.stringify(message)}\n`);
    stdin?.write('this is no message\n{"nor":"this"}\n');
    await vi.waitFor(() => expect(agent.stdout().trim().split("\n")).toHaveLength(3), { timeout: 10_000 });

    stdin?.end();
    const { code, stdout, stderr } = await agent.ended;

    const ids = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id);
    expect(ids.sort()).toEqual([1, 2, 3]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^\S+ warn mcp\.message_unread \{.*\}\n$/);
  });

  it.each(["stdin", "stdout", "SIGTERM", "SIGINT"] as const)(
    "ends quietly at the end of %s, also while it waits",
    async (end) => {
      using dir = tempDir();
      await using _app = await startServe(dir.path);
      await using agent = startProgram([CLI, "mcp", "--data-dir", dir.path], {}, { keepsStdin: true });
      const { process: child } = agent;
      if (child.stdin === null || child.stdout === null) throw new Error("It has no pipes.");
      const lines = createInterface({ input: child.stdout });
      const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } };
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`);
      await once(lines, "line");
      const wait = { name: "wait_for_delivery", arguments: { timeoutSeconds: 100 } };
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 2, method: "tools/call", params: wait })}\n`);

      if (end === "stdin") child.stdin.end();
      else if (end === "stdout") {
        child.stdout.destroy();
        child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 3, method: "tools/list" })}\n`);
      } else child.kill(end);

      const { code, stderr } = await agent.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    },
  );

  it("leaves no engine behind that it started itself", async () => {
    using dir = tempDir();
    {
      await using agent = await startAgent(dir.path);
      await agent.call("trigger_event", { type: "video.caption.generated" });
    }

    const listed = await runChild([CLI, "events", "list", "--data-dir", dir.path]);

    expect(listed).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^d1 .*\n$/) });
  });

  it("is loaded by no other command, nor by the window", () => {
    const loaded = staticImports("cli.js", new Map());
    const window = readdirSync(join(out, "renderer"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(out, "renderer", name), "utf8"));

    const all = readdirSync(join(out, "main")).map((name) => readFileSync(join(out, "main", name), "utf8"));
    // A word of the protocol, which the SDK is built in with.
    const speaks = (text: string) => text.includes("notifications/initialized");
    expect(all.filter(speaks)).toHaveLength(1);
    expect([...loaded.values()].filter(speaks)).toEqual([]);
    expect(window.filter(speaks)).toEqual([]);
  });

  it("says at once what is wrong with its flags", async () => {
    const ended = await runChild([CLI, "mcp", "--data-dri", "x"]);

    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("Did you mean --data-dir?") });
  });
});
