import type { Shell } from "../../src/renderer/client/shell.ts";

/** A host that can do everything and does nothing. */
export function createFakeShell(): Shell {
  return {
    capabilities: { copyText: true, openLink: true, saveFile: true },
    copyText: async () => {},
    openLink: async () => {},
    saveFile: async () => true,
    mayNotify: () => "granted",
    askToNotify: async () => {},
    notify() {},
    setBadge() {},
    onShow: () => () => undefined,
    onAction() {},
  };
}
