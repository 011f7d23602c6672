import { type HostFlags, readHostOptions } from "../../host-options.ts";
import { findRunning } from "../../running-engine.ts";
import { type Connection, connectEngine, connectToRunning, requireHistory, toConnection } from "../connect-engine.ts";
import type { EngineNeed } from "./tool.ts";

/** The engine on a data folder, looked for anew at each use: it may come and go while an agent works. */
export interface EngineAccess extends AsyncDisposable {
  readonly dataDir: string;
  /** Throws the AppErrors of connect-engine.ts, besides what `work` throws. An engine that runs is not ended by it. */
  use<T>(need: EngineNeed, work: (connection: Connection) => Promise<T>): Promise<T>;
}

interface Shared {
  readonly connection: Promise<Connection>;
  users: number;
}

/**
 * An engine of our own has the folder to itself. So uses at the same time share it, and it ends with the last of them:
 * kept for as long as an agent works, it would keep the app from starting.
 */
export function createEngineAccess(flags: HostFlags, connect = () => connectEngine(flags)): EngineAccess {
  const { dataDir } = readHostOptions(flags, process.env);
  let shared: Shared | undefined;
  let ended: Promise<unknown> = Promise.resolve();

  function take(): Shared {
    shared ??= { connection: ended.then(connect), users: 0 };
    shared.users++;
    return shared;
  }

  function release(used: Shared): void {
    used.users--;
    if (used.users === 0) end(used);
  }

  function end(used: Shared): void {
    if (shared !== used) return;
    shared = undefined;
    ended = used.connection.then(
      (connection) => connection[Symbol.asyncDispose](),
      // It never was: whoever asked for it has heard why.
      () => undefined,
    );
  }

  return {
    dataDir,
    async use(need, work) {
      if (need === "history") requireHistory(flags);
      if (need === "running") return await work(await connectToRunning(flags));
      const found = await findRunning(dataDir);
      if (found !== null) return await work(toConnection(found));
      const used = take();
      try {
        return await work(await used.connection);
      } finally {
        release(used);
      }
    },
    async [Symbol.asyncDispose]() {
      if (shared !== undefined) end(shared);
      await ended;
    },
  };
}
