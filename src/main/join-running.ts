import type { HostOptions } from "#core/hosts/host-options.ts";
import { APP_VERSION } from "#core/hosts/node-deps.ts";
import { refuseOtherOptions } from "#core/hosts/refuse-other-options.ts";
import { type FoundEngine, findRunning } from "#core/hosts/running-engine.ts";
import { createClient } from "#shared/contract/client.ts";
import type { Connection } from "#shared/contract/connection.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import { AppError } from "#shared/errors.ts";
import type { ShownEngine } from "./shown-engine.ts";

/**
 * The engine that another process runs, as one to show: over its control API, whose token stays in this process. It is
 * followed when it is started anew, by the record in the data folder, and goes on when this ends. Null where it has ended
 * meanwhile. Throws AppError `store.locked` where it is of another version, and `input.invalid` for flags that it cannot
 * hear any more.
 */
export async function joinRunning(found: FoundEngine, options: HostOptions): Promise<ShownEngine | null> {
  const snapshot = await askSnapshot(found, options);
  if (snapshot === null) return null;
  refuseOtherOptions(options, snapshot, found.record.url, "choose another folder with --data-dir");
  const connection = createHttpConnection({
    find: async () => (await findRunning(options.dataDir))?.record ?? null,
    fetch: globalThis.fetch,
  });
  // Whoever else listens or not: the stream is to be one for as long as the window is.
  const leave = connection.subscribe(() => undefined);
  if (!(await isConnected(connection))) {
    leave();
    return null;
  }
  let isGone = false;
  connection.onStatus(({ kind }) => {
    isGone = kind !== "connected";
  });
  return {
    connection,
    client: createClient(connection),
    settings: snapshot.settings.values,
    isGone: () => isGone,
    async [Symbol.asyncDispose]() {
      leave();
    },
  };
}

async function askSnapshot({ client, record }: FoundEngine, { dataDir }: HostOptions): Promise<AppSnapshot | null> {
  try {
    const snapshot = await client.call("app.snapshot", {});
    if (snapshot.versions.app === APP_VERSION) return snapshot;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "host.disconnected") return null;
    // Else its answer was not of our contract.
  }
  throw new AppError(
    "store.locked",
    `The inspector that runs on ${dataDir} already, as process ${record.pid}, is of another version than this one. Stop it, or choose another folder with --data-dir.`,
  );
}

/** Whether the first try to hear events goes well. */
async function isConnected(connection: Connection): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const unwatch = connection.onStatus(({ kind }) => kind !== "connecting" && resolve(kind === "connected"));
  const is = await promise;
  unwatch();
  return is;
}
