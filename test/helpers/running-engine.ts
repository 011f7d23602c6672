import type { EngineOptions } from "#core/engine-options.ts";
import { startControlEndpoint } from "#core/hosts/control-endpoint.ts";
import { silentLog } from "./silent-log.ts";
import { type StartedEngine, startEngine } from "./start-engine.ts";

/** A real engine that the command line finds on its data folder. It may be ended before its scope is. */
export async function startRunningEngine(
  options: Partial<EngineOptions> & { dataDir: string },
): Promise<StartedEngine> {
  await using stack = new AsyncDisposableStack();
  const started = stack.use(await startEngine({ connect: false, ...options }));
  stack.use(await startControlEndpoint(started.engine, { port: 0, log: silentLog() }));
  const owned = stack.move();
  return { ...started, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
