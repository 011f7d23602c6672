import { safeStorage } from "electron";
import type { EngineDeps } from "#core/deps.ts";
import { nodeDeps } from "#core/hosts/node-deps.ts";
import { openKeychainStorage } from "./keychain-storage.ts";

/** What Electron gives the engine: all that Node does, but the keychain for secrets. Call when the app is ready. */
export async function electronDeps(dataDir: string, log: EngineDeps["log"]): Promise<EngineDeps> {
  const secrets = await openKeychainStorage({ keychain: safeStorage, platform: process.platform, dataDir });
  const deps = nodeDeps({ dataDir, log, secrets });
  return { ...deps, versions: { ...deps.versions, electron: process.versions.electron } };
}
