import type * as z from "zod";
import { commands, isCommandName, unknownCommand } from "#shared/contract/commands.ts";
import type { CommandName, CommandOutput, ParsedInput, Reply } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { describeBug } from "./lib/describe-bug.ts";
import { isNestedDeeper } from "./lib/is-nested-deeper.ts";
import type { Log } from "./lib/log.ts";

/** One function for every command of the contract: a missing or mistyped one does not compile. */
export type Handlers = {
  readonly [N in CommandName]: (input: ParsedInput<N>) => Promise<CommandOutput<N>> | CommandOutput<N>;
};

/** No input of ours comes near; what is deeper would overflow the stack of the schemas. */
const MAX_DEPTH = 200;

/** The engine's only door. */
export interface Router {
  /** Validates, calls, and answers; never rejects, whatever comes in. */
  dispatch(name: string, input: unknown): Promise<Reply>;
}

export function createRouter(handlers: Handlers, log: Log): Router {
  return {
    async dispatch(name, input) {
      try {
        return { ok: true, result: await call(handlers, name, input) };
      } catch (error) {
        return { ok: false, error: toAppError(error, name, log).toBody() };
      }
    },
  };
}

async function call(handlers: Handlers, name: string, input: unknown): Promise<unknown> {
  if (!isCommandName(name)) throw unknownCommand(name);
  if (isNestedDeeper(input, MAX_DEPTH)) {
    throw new AppError("input.invalid", `${name}: the input is nested more than ${MAX_DEPTH} deep.`);
  }
  const parsed = commands[name].input.safeParse(input ?? {});
  if (!parsed.success) throw invalidInput(name, parsed.error);
  // The input was parsed by the schema of this very command, which is what its handler's type is made from.
  const handler = handlers[name] as (input: unknown) => unknown;
  return await handler(parsed.data);
}

function invalidInput(name: string, error: z.ZodError): AppError {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join(".") ?? "";
  const where = path === "" ? name : `${name}: ${path}`;
  return new AppError("input.invalid", `${where}: ${issue?.message ?? "not of the expected form"}`, {
    details: { path },
  });
}

function toAppError(error: unknown, name: string, log: Log): AppError {
  if (error instanceof AppError) {
    if (error.cause !== undefined) {
      log.warn("command.failed", { name, code: error.code, cause: describeBug(error.cause) });
    }
    return error;
  }
  log.error("command.broke", error, { name });
  return new AppError(
    "internal",
    "Something went wrong inside the app. It is logged; try again, and report it if it stays.",
  );
}
