import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import * as z from "zod";
import { createEngineAccess, type EngineAccess } from "#core/hosts/cli/mcp/engine-access.ts";
import { createMcpServer } from "#core/hosts/cli/mcp/server.ts";
import { startRunningEngine } from "./running-engine.ts";
import { silentLog } from "./silent-log.ts";

export interface ToolOutcome {
  /** What the app says itself; empty for a failure. */
  readonly facts: Record<string, unknown>;
  /** What stands between the marks; empty where nothing does. */
  readonly captured: string;
  /** All texts that a model gets to read. */
  readonly texts: readonly string[];
  readonly isError: boolean;
}

/** An agent's side of the server: the protocol's own client. */
export interface McpAgent extends AsyncDisposable {
  readonly client: Client;
  call(name: string, input?: Record<string, unknown>): Promise<ToolOutcome>;
}

/** Connected in memory to a server on a data folder, whose engine runs or not. */
export async function startAgent(
  dataDir: string,
  engine: EngineAccess = createEngineAccess({ dataDir }),
): Promise<McpAgent> {
  const client = new Client({ name: "test", version: "1" });
  const server = createMcpServer({ engine, log: silentLog() });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  // From here on the client checks every answer against the schema that the tool has for it.
  await client.listTools();
  return {
    client,
    call: (name, input) => callTool(client, name, input),
    async [Symbol.asyncDispose]() {
      await client.close();
      await engine[Symbol.asyncDispose]();
    },
  };
}

/** An agent beside an engine that runs, and that engine. */
export async function startBoth(options: Parameters<typeof startRunningEngine>[0]) {
  await using stack = new AsyncDisposableStack();
  const started = stack.use(await startRunningEngine(options));
  const agent = stack.use(await startAgent(options.dataDir));
  const owned = stack.move();
  return { started, agent, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

export async function callTool(
  client: Client,
  name: string,
  input: Record<string, unknown> = {},
): Promise<ToolOutcome> {
  const result = await client.callTool({ name, arguments: input });
  const { captured = "", ...facts } = z.record(z.string(), z.unknown()).parse(result.structuredContent ?? {});
  return {
    facts,
    captured: insideMarks(String(captured)),
    texts: result.content.map((part) => (part.type === "text" ? part.text : "")),
    isError: result.isError === true,
  };
}

/** What the marks enclose, as a reader finds it who trusts nothing but the mark that was announced. */
export function insideMarks(wrapped: string): string {
  if (wrapped === "") return "";
  const [, mark = ""] = /^What stands between the two marks ([0-9a-f]{32}) /.exec(wrapped) ?? [];
  const [, inside, after] = wrapped.split(new RegExp(`<<<UNTRUSTED ${mark}\\n|\\nUNTRUSTED ${mark}>>>`));
  if (mark === "" || inside === undefined || after !== "") throw new Error(`Not as it should be: ${wrapped}`);
  return inside;
}
