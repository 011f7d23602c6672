import * as z from "zod";
import { commands } from "#shared/contract/commands.ts";
import type { Caller, CommandName } from "#shared/contract/types.ts";

/**
 * All that agents may have the engine do besides reading: both are asked for by name, keep what was there, and end at
 * servers that a person has configured.
 */
export const ALLOWED_WRITES: readonly CommandName[] = ["replay.send", "simulator.trigger"];

/** What a call of a tool has at hand. */
export interface ToolCall<Uses extends CommandName> extends Caller<Uses> {
  /** False for an engine of our own, which has no tunnel and no registration. */
  readonly isRunning: boolean;
  readonly dataDir: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** `facts` are words and numbers of the app's own, `captured` is what others wrote, as `seenText` shows it. */
export interface ToolAnswer<Facts> {
  readonly facts: Facts;
  readonly captured?: readonly string[];
}

/**
 * Which engine a tool asks. history: any, but none is made on a folder that holds nothing. any: also that. running: one
 * that runs.
 */
export type EngineNeed = "history" | "any" | "running";

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The commands that it can call, and no others. */
  readonly uses: readonly CommandName[];
  readonly needs: EngineNeed;
  readonly input: z.ZodObject;
  /** What of an answer gets out: a fact that is not named here is left out. */
  readonly facts: z.ZodObject;
  /** Whether its answers can hold what others wrote. */
  readonly hasCaptured: boolean;
  /** The input was parsed by `input`. */
  run(input: unknown, call: ToolCall<CommandName>): Promise<ToolAnswer<unknown>>;
}

interface ToolDefinition<Uses extends CommandName, In extends z.ZodObject, Facts extends z.ZodObject>
  extends Omit<Tool, "uses" | "input" | "facts" | "run"> {
  readonly uses: readonly Uses[];
  readonly input: In;
  readonly facts: Facts;
  run(input: z.output<In>, call: ToolCall<Uses>): Promise<ToolAnswer<z.input<Facts>>>;
}

/** Keeps the exact types of one tool, and its call within the commands that it names. */
export function defineTool<Uses extends CommandName, In extends z.ZodObject, Facts extends z.ZodObject>(
  definition: ToolDefinition<Uses, In, Facts>,
): Tool {
  const { run, ...rest } = definition;
  // Whoever calls it has parsed the input by this very schema.
  return { ...rest, run: (input, call) => run(input as z.output<In>, call) };
}

/** What hosts of agents show and ask by; https://modelcontextprotocol.io/specification has their meaning. */
export function annotationsOf({ title, uses, hasCaptured }: Pick<Tool, "title" | "uses" | "hasCaptured">) {
  const isReadOnly = uses.every((name) => commands[name].effect === "read");
  return {
    title,
    readOnlyHint: isReadOnly,
    // Nothing is deleted here, but what the developer's own handler does with a delivery nobody knows.
    destructiveHint: !isReadOnly,
    idempotentHint: isReadOnly,
    // Anybody can write what was captured, which makes reading it as open as the internet.
    openWorldHint: hasCaptured || !isReadOnly,
  };
}

/** The schema of a whole answer, which holds the captured text too: some hosts show their model nothing else. */
export function outputOf({ facts, hasCaptured }: Pick<Tool, "facts" | "hasCaptured">): z.ZodObject {
  return hasCaptured ? facts.extend({ captured: z.string().optional() }) : facts;
}
