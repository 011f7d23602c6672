import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Engine } from "../engine.ts";
import type { Log } from "../lib/log.ts";
import { type EngineRecord, removeEngineRecord, writeEngineRecord } from "./engine-record.ts";
import { startHttpHost, uiPath } from "./http/http-host.ts";

export interface ControlEndpoint extends AsyncDisposable {
  /** With the token in its fragment, which a browser never sends anywhere. */
  readonly uiUrl: string;
  readonly url: string;
  readonly token: string;
}

/**
 * Opens the engine to this machine: control API and UI on a loopback port, and the record by which the command line
 * finds them. Throws AppError `ui.port_in_use`.
 */
export async function startControlEndpoint(
  engine: Engine,
  options: { port: number; log: Log },
): Promise<ControlEndpoint> {
  const token = randomBytes(24).toString("base64url");
  const host = await startHttpHost({
    ...options,
    router: engine.router,
    events: engine.events,
    token,
    uiDir: findUi(),
  });
  await writeEngineRecord(engine.dataDir, { pid: process.pid, url: host.url, token });
  return {
    url: host.url,
    uiUrl: uiUrlOf({ url: host.url, token }),
    token,
    async [Symbol.asyncDispose]() {
      await removeEngineRecord(engine.dataDir);
      await host[Symbol.asyncDispose]();
    },
  };
}

/** Where a browser finds the UI of an engine. */
export function uiUrlOf({ url, token }: Pick<EngineRecord, "url" | "token">): string {
  return url + uiPath(token);
}

/** The built UI: beside the built main (out/main → out/renderer), or below the project's root when run from sources. */
function findUi(): string | null {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, "../renderer"), join(here, "../../../out/renderer")];
  return candidates.find((dir) => existsSync(join(dir, "index.html"))) ?? null;
}
