import * as z from "zod";

export const NoInput = z.object({});
export const Done = z.object({});
export const DeliveryId = z.string().min(1).max(64);
export const RunId = z.string().min(1).max(64);
export const RunName = z.string().max(200);
/** Long enough for any secret, short enough for no mischief. */
export const Secret = z.string().min(1).max(500);

/** `read` changes nothing, `write` does; later surfaces (command line, agents) offer commands by it. */
export type CommandEffect = "read" | "write";

export interface CommandDefinition<I extends z.ZodType, O extends z.ZodType> {
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  readonly effect: CommandEffect;
  /** As JSON, where it may be more than that of all others. */
  readonly maxInputBytes?: number;
}

/** The largest input of most is an edited body of 10 MiB in base64. */
export const MAX_INPUT_BYTES = 16 * 1024 * 1024;

/** Keeps the exact schema types of one command. */
export function command<I extends z.ZodType, O extends z.ZodType>(
  definition: CommandDefinition<I, O>,
): CommandDefinition<I, O> {
  return definition;
}
