import type { Command } from "commander";
import { createEngine, type Engine } from "../../engine.ts";
import type { EngineOptions } from "../../engine-options.ts";
import type { Log } from "../../lib/log.ts";
import { type ControlEndpoint, startControlEndpoint } from "../control-endpoint.ts";
import { addHostFlags, type HostFlags, readHostOptions } from "../host-options.ts";
import { createLineLog } from "../line-log.ts";
import { nodeDeps } from "../node-deps.ts";
import { readApiKey } from "./api-key.ts";
import { endEngine } from "./end-engine.ts";

/** The flags of the commands that carry the whole app. */
export interface AppFlags extends HostFlags {
  readonly apiKeyStdin?: boolean;
}

export function addAppFlags(command: Command): Command {
  return addHostFlags(command).option("--api-key-stdin", "read the api.video key from standard input");
}

/** An engine with tunnel and registration, which other commands find by its record. */
export interface App extends AsyncDisposable {
  readonly engine: Engine;
  readonly control: ControlEndpoint;
  readonly log: Log;
}

/**
 * Starts the whole app as the flags say, and as the command itself decided. It ends in bounded time. Throws the
 * AppErrors of readHostOptions, createEngine and startControlEndpoint.
 */
export async function startApp(
  flags: AppFlags,
  { launch = [], ...decided }: Pick<EngineOptions, "launch" | "onWebhookSecret"> = {},
): Promise<App> {
  const log = createLineLog((line) => void process.stderr.write(line));
  const options = await readApiKey(readHostOptions(flags, process.env), flags.apiKeyStdin === true);
  await using stack = new AsyncDisposableStack();
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
