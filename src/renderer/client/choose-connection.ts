import { findBridge } from "./bridge.ts";
import type { Connection } from "./connection.ts";
import { createHttpConnection } from "./http-connection.ts";
import { createIpcConnection } from "./ipc-connection.ts";
import { createBrowserShell, createElectronShell, type Shell } from "./shell.ts";
import { takeToken } from "./token.ts";

/** The way to the engine from this page, or null in a browser that came without a token. */
export function chooseConnection(window: Window): { connection: Connection; shell: Shell } | null {
  const bridge = findBridge(window);
  if (bridge !== null) return { connection: createIpcConnection(bridge), shell: createElectronShell(bridge) };

  const token = takeToken(window);
  if (token === null) return null;
  const connection = createHttpConnection({
    baseUrl: window.location.origin,
    token,
    fetch: window.fetch.bind(window),
  });
  return { connection, shell: createBrowserShell(window) };
}
