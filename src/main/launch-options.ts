import { Command, CommanderError } from "commander";
import { addForwardFlags, applyForwardFlags, type ForwardFlags } from "#core/hosts/forward-flags.ts";
import { addHostFlags, type HostFlags, type HostOptions, readHostOptions } from "#core/hosts/host-options.ts";
import { AppError } from "#shared/errors.ts";

/**
 * The app's own flags and variables. Electron's and Chromium's switches and the app's folder stand on the same command
 * line and are passed over. Throws AppError `input.invalid`.
 */
export function readLaunchOptions(args: readonly string[], env: NodeJS.ProcessEnv): HostOptions {
  const program = addForwardFlags(addHostFlags(new Command()))
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new AppError("input.invalid", `${error.message.replace(/^error: /, "")}.`, { cause: error });
  }
  const flags = program.opts<HostFlags & ForwardFlags>();
  return applyForwardFlags(readHostOptions(flags, env), flags);
}
