import type * as z from "zod";
import { AppError } from "#shared/errors.ts";
import { clipCommands } from "./clip-commands.ts";
import { type CommandDefinition, MAX_INPUT_BYTES } from "./command.ts";
import { deliveryCommands } from "./delivery-commands.ts";
import { exportCommands } from "./export-commands.ts";
import { faultCommands } from "./fault-commands.ts";
import { holdCommands } from "./hold-commands.ts";
import { importCommands } from "./import-commands.ts";
import { pathCommands } from "./path-commands.ts";
import { replayCommands } from "./replay-commands.ts";
import { runCommands } from "./run-commands.ts";
import { setupCommands } from "./setup-commands.ts";
import { simulatorCommands } from "./simulator-commands.ts";
import { subjectCommands } from "./subject-commands.ts";

/** Every command of the engine, by `area.verb`: here a capability has its name, shape and summary, and nowhere else. */
export const commands = {
  ...deliveryCommands,
  ...replayCommands,
  ...exportCommands,
  ...importCommands,
  ...runCommands,
  ...faultCommands,
  ...holdCommands,
  ...subjectCommands,
  ...simulatorCommands,
  ...clipCommands,
  ...pathCommands,
  ...setupCommands,
} as const;

export function isCommandName(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}

/** What a call of a name answers that is none. */
export function unknownCommand(name: string): AppError {
  return new AppError("command.unknown", `There is no command ${JSON.stringify(name)}.`);
}

/** How much of an input a host reads before it refuses it; for a name that is no command as well. */
export function maxInputBytes(name: string): number {
  const known: Readonly<Record<string, CommandDefinition<z.ZodType, z.ZodType>>> = commands;
  return (Object.hasOwn(known, name) ? known[name]?.maxInputBytes : undefined) ?? MAX_INPUT_BYTES;
}
