import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { DATABASE_FILE } from "../../store/open-database.ts";
import { type HostFlags, type HostOptions, readHostOptions } from "../host-options.ts";
import { createInProcessClient } from "../in-process-client.ts";
import { createLineLog } from "../line-log.ts";
import { nodeDeps } from "../node-deps.ts";
import { type FoundEngine, findRunning } from "../running-engine.ts";
import { endEngine } from "./end-engine.ts";

/** A client for the length of one command. */
export interface Connection extends AsyncDisposable {
  readonly client: Client;
  /** False for an engine of our own, which has no tunnel and no registration. */
  readonly isRunning: boolean;
}

/**
 * The engine that runs on the data folder, found by its record; else one of our own that lives as long as the command:
 * on any free ports, without tunnel or registration. Throws the AppErrors of createEngine.
 */
export async function connectEngine(flags: HostFlags): Promise<Connection> {
  return connect(readHostOptions(flags, process.env));
}

/**
 * The same for what only asks for what was captured: a folder that holds nothing, mistyped perhaps, is left as it is
 * and throws AppError `delivery.not_found`.
 */
export async function connectToHistory(flags: HostFlags): Promise<Connection> {
  requireHistory(flags);
  return connectEngine(flags);
}

/** Throws AppError `delivery.not_found` where the data folder holds nothing. */
export function requireHistory(flags: HostFlags): void {
  const options = readHostOptions(flags, process.env);
  if (existsSync(join(options.dataDir, DATABASE_FILE))) return;
  throw new AppError(
    "delivery.not_found",
    `There are no deliveries in ${options.dataDir}: no inspector ever ran on this folder. Check --data-dir, or start one with \`serve\`.`,
  );
}

/** The same for what an engine only has while it runs; throws AppError `host.disconnected` where none does. */
export async function connectToRunning(flags: HostFlags): Promise<Connection> {
  const { dataDir } = readHostOptions(flags, process.env);
  const found = await findRunning(dataDir);
  if (found !== null) return toConnection(found);
  throw new AppError(
    "host.disconnected",
    `No inspector runs on ${dataDir}. Start one with \`serve\`, or name the folder of the one that runs with --data-dir.`,
  );
}

/** An engine that another process runs goes on when this ends. */
export function toConnection({ client }: FoundEngine): Connection {
  return { client, isRunning: true, async [Symbol.asyncDispose]() {} };
}

async function connect(options: HostOptions): Promise<Connection> {
  const found = await findRunning(options.dataDir);
  if (found !== null) return toConnection(found);
  const log = createLineLog((line) => void process.stderr.write(line));
  // Most commands find one that runs, and need not load another.
  const { createEngine } = await import("../../engine.ts");
  const engine = await createEngine(nodeDeps({ dataDir: options.dataDir, log }), {
    ...options,
    listenerPort: 0,
    connect: false,
  });
  return {
    client: createInProcessClient(engine),
    isRunning: false,
    [Symbol.asyncDispose]: () => endEngine(engine, log),
  };
}
