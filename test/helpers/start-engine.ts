import type { SecretStorage } from "#core/deps.ts";
import { createEngine, type Engine } from "#core/engine.ts";
import type { EngineOptions } from "#core/engine-options.ts";
import { createInProcessClient } from "#core/hosts/in-process-client.ts";
import { nodeDeps } from "#core/hosts/node-deps.ts";
import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import { silentLog } from "./silent-log.ts";
import { tempDir } from "./temp-dir.ts";

export interface StartedEngine extends AsyncDisposable {
  readonly engine: Engine;
  readonly client: Client;
  readonly events: readonly EventEnvelope[];
  readonly log: ReturnType<typeof silentLog>;
  readonly dataDir: string;
}

/** A real engine on free ports and a folder of its own (or the one given), all of which go with the scope. */
export async function startEngine(
  options: Partial<EngineOptions> = {},
  secrets?: SecretStorage,
): Promise<StartedEngine> {
  const dir = options.dataDir === undefined ? tempDir() : undefined;
  const dataDir = options.dataDir ?? dir?.path ?? "";
  const log = silentLog();
  try {
    const engine = await createEngine(nodeDeps({ dataDir, log, ...(secrets && { secrets }) }), {
      dataDir,
      listenerPort: 0,
      flags: {},
      variables: {},
      connect: true,
      ...options,
    });
    const events: EventEnvelope[] = [];
    engine.events.subscribe((event) => events.push(event));
    return {
      engine,
      client: createInProcessClient(engine),
      events,
      log,
      dataDir,
      async [Symbol.asyncDispose]() {
        await engine[Symbol.asyncDispose]();
        dir?.[Symbol.dispose]();
      },
    };
  } catch (error) {
    dir?.[Symbol.dispose]();
    throw error;
  }
}
