import type { Connection } from "#shared/contract/connection.ts";
import type { Bridge } from "./bridge.ts";

/** The engine in Electron's main process: there for as long as the window is. */
export function createIpcConnection(bridge: Bridge): Connection {
  return {
    invoke: (name, input) => bridge.call(name, input),
    subscribe: (listener) => bridge.onEvent(listener),
    onStatus(listener) {
      listener({ kind: "connected", resumed: false });
      return () => undefined;
    },
  };
}
