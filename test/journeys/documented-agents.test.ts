import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Child, CLI, projectRoot, startChild } from "../helpers/child.ts";
import { isForAgents } from "../helpers/documented-elsewhere.ts";
import { allDocumented } from "../helpers/documents.ts";
import { callTool } from "../helpers/mcp-client.ts";
import { tempDir } from "../helpers/temp-dir.ts";

// The agents themselves are not here. What a line or block has one of them start is read out of the document and started
// as it stands, with the place of this checkout in it, by the protocol's own client.

const Server = z.object({ command: z.string(), args: z.array(z.string()) });
type Server = z.infer<typeof Server>;

/** What is registered under our name. */
function serverIn(text: string): Server {
  if (text.startsWith("{")) {
    const { mcpServers } = z.object({ mcpServers: z.record(z.string(), Server) }).parse(JSON.parse(text));
    return Server.parse(mcpServers["apivideo-inspector"]);
  }
  if (text.includes("[mcp_servers.apivideo-inspector]")) {
    const lines = [...text.matchAll(/^(\w+) = (.+)$/gm)];
    return Server.parse(Object.fromEntries(lines.map(([, name, value = ""]) => [name, JSON.parse(value)])));
  }
  const [, command = "", rest = ""] = /^\w+ mcp add apivideo-inspector -- (\S+) (.+)$/.exec(text) ?? [];
  return Server.parse({ command, args: rest.split(" ") });
}

const dir = tempDir();
let app: Child;

beforeAll(async () => {
  app = await startChild([
    ...[CLI, "serve", "--json", "--no-open", "--data-dir", dir.path],
    ...["--listener-port", "0", "--ui-port", "0"],
  ]);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

const registrations = allDocumented().filter(({ text }) => isForAgents(text));

describe("what an agent is told to start", { timeout: 60_000 }, () => {
  it("stands in a line for each of two agents, as JSON, as TOML and in the help", () => {
    expect(registrations.map(({ document }) => document)).toEqual([
      ...Array.from({ length: 4 }, () => "docs/agents.md"),
      "docs/commands.md",
    ]);
  });

  it.each(registrations)("is served: $text ($document)", async ({ text }) => {
    const { command, args } = serverIn(text);
    const transport = new StdioClientTransport({
      ...{ command, cwd: projectRoot, stderr: "pipe" },
      args: args.map((arg) => arg.replace("/path/to", projectRoot)),
      env: { PATH: process.env["PATH"] ?? "", HOME: dir.path, APIVIDEO_INSPECTOR_DATA_DIR: dir.path },
    });
    const client = new Client({ name: "test", version: "1" });
    await client.connect(transport);

    const status = await callTool(client, "get_status");
    await client.close();

    expect(status.facts).toMatchObject({ isRunning: true, counts: { total: 0 } });
  });
});
