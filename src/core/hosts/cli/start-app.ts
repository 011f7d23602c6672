import type { Command } from "commander";
import { AppError } from "#shared/errors.ts";
import type { Engine } from "../../engine.ts";
import type { EngineOptions } from "../../engine-options.ts";
import type { Log } from "../../lib/log.ts";
import { type ControlEndpoint, startControlEndpoint } from "../control-endpoint.ts";
import { addForwardFlags, applyForwardFlags, type ForwardFlags } from "../forward-flags.ts";
import { giveMemoryBack } from "../give-memory-back.ts";
import { addHostFlags, type HostFlags, type HostOptions, readHostOptions } from "../host-options.ts";
import { createLineLog } from "../line-log.ts";
import { nodeDeps } from "../node-deps.ts";
import { type FoundEngine, findRunning, isLocked, soon } from "../running-engine.ts";
import { readApiKey } from "./api-key.ts";
import { endEngine } from "./end-engine.ts";
import { makeOwnFolder } from "./own-folder.ts";

/** The flags of the commands that carry the whole app. */
export interface AppFlags extends HostFlags, ForwardFlags {
  readonly apiKeyStdin?: boolean;
  readonly standalone?: boolean;
}

export function addAppFlags(command: Command): Command {
  return addForwardFlags(addHostFlags(command))
    .option("--api-key-stdin", "read the api.video key from standard input")
    .option("--standalone", "free ports and a new folder that goes at the end: nothing of yours is used (for CI)");
}

/** An engine with tunnel and registration, which other commands find by its record. */
export interface App extends AsyncDisposable {
  readonly engine: Engine;
  readonly control: ControlEndpoint;
  readonly log: Log;
}

/** Throws AppError `input.invalid` that names the flag or variable at fault. */
export function readAppOptions(flags: AppFlags, env: NodeJS.ProcessEnv): HostOptions {
  return applyForwardFlags(readHostOptions(flags, env), flags);
}

/**
 * Does `start`, or `meet` with the engine that runs on the folder of these flags already, also where that one came up a
 * moment before. With --standalone there is none to meet. Throws what both throw.
 */
export async function startOrMeet<T>(
  flags: AppFlags,
  start: () => Promise<T>,
  meet: (found: FoundEngine) => Promise<T>,
): Promise<T> {
  const { dataDir } = readHostOptions(flags, process.env);
  const found = flags.standalone === true ? null : await findRunning(dataDir);
  if (found !== null) return meet(found);
  try {
    return await start();
  } catch (error) {
    if (!isLocked(error)) throw error;
    const late = await soon(() => findRunning(dataDir));
    if (late === null) throw error;
    return meet(late);
  }
}

/**
 * Starts the whole app as the flags say, and as the command itself decided. It ends in bounded time. Throws the
 * AppErrors of readAppOptions, createEngine and startControlEndpoint.
 */
export async function startApp(
  flags: AppFlags,
  { launch = [], ...decided }: Pick<EngineOptions, "launch" | "onWebhookSecret"> = {},
): Promise<App> {
  giveMemoryBack();
  const log = createLineLog((line) => void process.stderr.write(line));
  await using stack = new AsyncDisposableStack();
  const placed = flags.standalone === true ? await standAlone(flags, stack) : flags;
  const options = await readApiKey(readAppOptions(placed, process.env), flags.apiKeyStdin === true);
  const { createEngine } = await import("../../engine.ts");
  const engine = await createEngine(nodeDeps({ dataDir: options.dataDir, log }), {
    ...options,
    ...decided,
    launch: [...(options.launch ?? []), ...launch],
  });
  stack.defer(() => endEngine(engine, log));
  const control = stack.use(await startControlEndpoint(engine, { port: options.uiPort, log }));
  const running = stack.move();
  return { engine, control, log, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** The same flags with a folder of its own, which goes with the stack, and any free ports where none are named. */
async function standAlone(flags: AppFlags, stack: AsyncDisposableStack): Promise<AppFlags> {
  if (flags.dataDir !== undefined) {
    throw new AppError(
      "input.invalid",
      "--standalone makes a folder of its own, which goes at the end: leave out --data-dir, or --standalone.",
    );
  }
  const { path } = stack.use(await makeOwnFolder());
  return { ...flags, dataDir: path, listenerPort: flags.listenerPort ?? "0", uiPort: flags.uiPort ?? "0" };
}
