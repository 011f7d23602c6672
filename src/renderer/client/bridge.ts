import { BRIDGE_NAME } from "#shared/channels.ts";
import type { ConnectionStatus } from "#shared/contract/connection.ts";

/** What Electron's preload script shows to the page. Everything else of Electron stays out of reach. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  /** Calls back with each event of the engine, in order; returns how to stop. */
  onEvent(listener: (envelope: unknown) => void): () => void;
  /** Calls back with how the way to the engine is, first a moment after it was asked; returns how to stop. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
  /** Calls back with the id of each action that is chosen in the desktop's menu; returns how to stop. */
  onAction(listener: (id: string) => void): () => void;
  readonly shell: {
    copyText(text: string): Promise<unknown>;
    openLink(url: string): Promise<unknown>;
    /** Calls back with the id of a delivery that the user asked for outside of the page; returns how to stop. */
    onShow(listener: (id: string) => void): () => void;
    /** Asks the user where to; resolves to whether they chose a place. */
    saveFile(name: string, bytes: Uint8Array): Promise<boolean>;
  };
}

/** The bridge of the page's own window, or null in a browser. */
export function findBridge(scope: object): Bridge | null {
  // Only the preload script can define this name before the page's first line runs.
  return ((scope as Record<string, unknown>)[BRIDGE_NAME] as Bridge | undefined) ?? null;
}
