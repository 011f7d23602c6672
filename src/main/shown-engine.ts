import type { Engine } from "#core/engine.ts";
import { createInProcessClient, createInProcessConnection } from "#core/hosts/in-process-client.ts";
import { type FoundEngine, findRunning, isLocked, soon } from "#core/hosts/running-engine.ts";
import type { Connection } from "#shared/contract/connection.ts";
import type { Client } from "#shared/contract/types.ts";
import type { Settings } from "#shared/domain/settings.ts";
import type { AppError } from "#shared/errors.ts";

/** The engine that the window shows: our own, or one that another process runs on the same data folder. */
export interface ShownEngine extends AsyncDisposable {
  /** For the page. */
  readonly connection: Connection;
  /** For us. */
  readonly client: Client;
  /** As they were when it was opened. */
  readonly settings: Settings;
  /** True while it ran elsewhere and does not any more. */
  isGone(): boolean;
}

/**
 * Starts our own engine with `start`; where another process has the folder, joins the engine there. The lock is asked
 * first, and engine.json after it: a record that a crash left behind may name a port that is somebody else's by now.
 * Both are tried for some seconds, because the other one may be on its way up or down, and may end in between. Throws
 * what `start` and `join` throw.
 */
export async function openShownEngine(
  dataDir: string,
  start: () => Promise<ShownEngine>,
  join: (found: FoundEngine) => Promise<ShownEngine | null>,
): Promise<ShownEngine> {
  let locked: AppError | undefined;
  const shown = await soon(async () => {
    try {
      return await start();
    } catch (error) {
      if (!isLocked(error)) throw error;
      locked = error;
    }
    const found = await findRunning(dataDir);
    return found && (await join(found));
  });
  if (shown !== null) return shown;
  throw locked;
}

/** Our own engine as the one to show. */
export async function showOwn(engine: Engine): Promise<Omit<ShownEngine, typeof Symbol.asyncDispose>> {
  const client = createInProcessClient(engine);
  return {
    connection: createInProcessConnection(engine),
    // What comes from our own engine need not be held against the schemas.
    client: { call: client.call, subscribe: (listener) => engine.events.subscribe(listener) },
    isGone: () => false,
    settings: (await client.call("settings.get", {})).values,
  };
}
