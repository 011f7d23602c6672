import { contextBridge, ipcRenderer } from "electron";
import {
  ACTION_CHANNEL,
  BRIDGE_NAME,
  CALL_CHANNEL,
  EVENT_CHANNEL,
  SHELL_CHANNEL,
  SHOW_CHANNEL,
  STATUS_CHANNEL,
} from "#shared/channels.ts";

/** Everything the page has of the desktop: eight functions, and never Electron's own event objects. */
const bridge = {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  /** The engine's events from the page's first call on; answers a function that ends the subscription. */
  onEvent(listener: (envelope: unknown) => void): () => void {
    const forward = (_event: unknown, envelope: unknown) => listener(envelope);
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => void ipcRenderer.off(EVENT_CHANNEL, forward);
  },
  /** How the way to the engine is, soon and at each change; answers a function that ends it. */
  onStatus(listener: (status: unknown) => void): () => void {
    const forward = (_event: unknown, status: unknown) => listener(status);
    ipcRenderer.on(STATUS_CHANNEL, forward);
    // Refused only where this page is none of ours, and then it is to know nothing.
    ipcRenderer.invoke(STATUS_CHANNEL).catch(() => undefined);
    return () => void ipcRenderer.off(STATUS_CHANNEL, forward);
  },
  /** The id of each action that is chosen in the desktop's menu; answers a function that ends it. */
  onAction(listener: (id: string) => void): () => void {
    const forward = (_event: unknown, id: unknown) => typeof id === "string" && listener(id);
    ipcRenderer.on(ACTION_CHANNEL, forward);
    return () => void ipcRenderer.off(ACTION_CHANNEL, forward);
  },
  shell: {
    /** Calls back with the delivery that a notification was clicked for. */
    onShow(listener: (id: string) => void): () => void {
      const forward = (_event: unknown, id: unknown) => typeof id === "string" && listener(id);
      ipcRenderer.on(SHOW_CHANNEL, forward);
      return () => void ipcRenderer.off(SHOW_CHANNEL, forward);
    },
    copyText: async (text: string): Promise<void> => void (await ask("copyText", text)),
    openLink: async (url: string): Promise<void> => void (await ask("openLink", url)),
    saveFile: async (name: string, bytes: Uint8Array): Promise<boolean> => {
      const result = await ask("saveFile", name, bytes);
      return result?.saved === true;
    },
  },
};

type ShellReply = { ok: boolean; result?: { saved?: boolean }; error?: { message: string } };

async function ask(action: "copyText" | "openLink" | "saveFile", text: string, bytes?: Uint8Array) {
  const reply: ShellReply = await ipcRenderer.invoke(SHELL_CHANNEL, action, text, bytes);
  if (!reply.ok) throw new Error(reply.error?.message ?? "The desktop refused this.");
  return reply.result;
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
