import type { Transport } from "./client.ts";
import type { Unsubscribe } from "./types.ts";

/**
 * connected: events flow; unless `resumed`, some may have been missed before; `pid` is the process that carries the
 * engine, where that is not the one that shows it and it is known. disconnected: it tries again by itself. refused: the
 * token does not fit this engine, and trying again will not help.
 */
export type ConnectionStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected"; readonly resumed: boolean; readonly pid?: number }
  | { readonly kind: "disconnected" }
  | { readonly kind: "refused" };

/** A transport that also says how it is. `onStatus` calls back at once with the present status. */
export interface Connection extends Transport {
  onStatus(listener: (status: ConnectionStatus) => void): Unsubscribe;
}
