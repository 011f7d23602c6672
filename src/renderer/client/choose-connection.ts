import type { Connection } from "#shared/contract/connection.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import { findBridge } from "./bridge.ts";
import { createIpcConnection } from "./ipc-connection.ts";
import { createBrowserShell, createElectronShell, type Shell } from "./shell.ts";
import { takeToken } from "./token.ts";

/** The way to the engine from this page, or null in a browser that came without a token. */
export function chooseConnection(window: Window): { connection: Connection; shell: Shell } | null {
  const bridge = findBridge(window);
  if (bridge !== null) return { connection: createIpcConnection(bridge), shell: createElectronShell(bridge) };

  const token = takeToken(window);
  if (token === null) return null;
  const api = { url: window.location.origin, token };
  const connection = createHttpConnection({ find: () => api, fetch: window.fetch.bind(window) });
  return { connection, shell: createBrowserShell(window) };
}
