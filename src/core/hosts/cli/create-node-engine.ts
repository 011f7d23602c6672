import { createEngine, type Engine } from "../../engine.ts";
import type { EngineOptions } from "../../engine-options.ts";
import type { Log } from "../../lib/log.ts";
import { nodeDeps } from "../node-deps.ts";

/**
 * The engine with what Node gives it; throws the AppErrors of createEngine. Commands import this file when they need it:
 * most ask an engine that runs, and would take a fifth longer to start with one of their own loaded.
 */
export function createNodeEngine(options: EngineOptions, log: Log): Promise<Engine> {
  return createEngine(nodeDeps({ dataDir: options.dataDir, log }), options);
}
