import type { Connection } from "#shared/contract/connection.ts";
import type { Bridge } from "./bridge.ts";

/** The engine behind Electron's main process: in it, or in another process that main is connected with. */
export function createIpcConnection(bridge: Bridge): Connection {
  return {
    invoke: (name, input) => bridge.call(name, input),
    subscribe: (listener) => bridge.onEvent(listener),
    onStatus(listener) {
      listener({ kind: "connecting" });
      return bridge.onStatus(listener);
    },
  };
}
