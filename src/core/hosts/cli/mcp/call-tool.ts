import type { CommandName } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { queryFaultOf } from "#shared/search/query-fault.ts";
import type { Log } from "../../../lib/log.ts";
import type { Connection } from "../connect-engine.ts";
import { queryLines } from "../query-lines.ts";
import type { EngineAccess } from "./engine-access.ts";
import type { Tool, ToolCall } from "./tool.ts";
import { seenText, wrapUntrusted } from "./untrusted.ts";

/** A tool's result as the protocol has it. */
export interface ToolResult {
  readonly [key: string]: unknown;
  readonly content: { readonly type: "text"; readonly text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: true;
}

/**
 * Calls a tool and never rejects: what could not be done is a result that says so with its code. `structuredContent` has
 * the captured text between its marks as well, because some hosts show their model that alone.
 */
export async function callTool(
  tool: Tool,
  input: unknown,
  { engine, log, signal }: { readonly engine: EngineAccess; readonly log: Log; readonly signal: AbortSignal },
): Promise<ToolResult> {
  try {
    const { facts, captured = [] } = await engine.use(tool.needs, (connection) =>
      tool.run(input, restrict(tool, connection, { dataDir: engine.dataDir, signal })),
    );
    // What is not named in the schema stays here.
    const said = tool.facts.parse(facts);
    const wrapped = captured.length > 0 ? [wrapUntrusted(captured)] : [];
    return {
      content: [JSON.stringify(said), ...wrapped].map((text) => ({ type: "text", text })),
      structuredContent: { ...said, ...(wrapped.length > 0 && { captured: wrapped[0] }) },
    };
  } catch (error) {
    return failure(toAppError(error, tool, log));
  }
}

/** The engine without all that the tool does not name. */
function restrict(
  { name, uses }: Tool,
  { client, isRunning }: Connection,
  { dataDir, signal }: Pick<ToolCall<CommandName>, "dataDir" | "signal">,
): ToolCall<CommandName> {
  return {
    ...{ isRunning, dataDir, signal },
    async call(command, input) {
      if (uses.includes(command)) return await client.call(command, input);
      throw new Error(`The tool ${name} is not allowed to call ${command}.`);
    },
  };
}

function failure(error: AppError): ToolResult {
  const fault = queryFaultOf(error);
  const words = fault === null ? error.message : ["The search cannot be read:", ...queryLines(fault)].join("\n");
  return { content: [{ type: "text", text: `${error.code}: ${seenText(words, true)}` }], isError: true };
}

function toAppError(error: unknown, { name }: Tool, log: Log): AppError {
  if (error instanceof AppError) return error;
  log.error("mcp.tool_broke", error, { name });
  return new AppError("internal", "Something went wrong inside the inspector. It is logged on its standard error.");
}
