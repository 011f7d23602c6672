import { release } from "node:os";
import { randomId } from "#shared/random-id.ts";
import packageJson from "../../../package.json" with { type: "json" };
import type { EngineDeps, SecretStorage } from "../deps.ts";
import { createClock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { NgrokModule } from "../tunnel/providers/ngrok-client.ts";
import { createFileSecretStorage } from "./file-secret-storage.ts";

/** Of the app, and so of the contract: window and engine are of one version. */
export const APP_VERSION = packageJson.version;

const NGROK = "@ngrok/ngrok";

export interface NodeDepsOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** Left out: a file in the data folder. */
  readonly secrets?: SecretStorage;
}

/** What a Node host gives the engine: the real clock, randomness, network and disk. */
export function nodeDeps({ dataDir, log, secrets }: NodeDepsOptions): EngineDeps {
  return {
    clock: createClock(),
    log,
    randomId,
    env: process.env,
    // By a name that no bundler follows: the package is none of ours. Its own types are wider than what is used of it.
    loadNgrok: () => import(NGROK) as Promise<NgrokModule>,
    secrets: secrets ?? createFileSecretStorage(dataDir),
    platform: `${process.platform} ${process.arch} ${release()}`,
    versions: { app: APP_VERSION, node: process.versions.node },
  };
}
