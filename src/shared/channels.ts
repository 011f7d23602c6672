/** The two IPC channels of the Electron transport, and the name under which preload shows its bridge to the page. */
export const CALL_CHANNEL = "inspector:call";
export const EVENT_CHANNEL = "inspector:event";
export const SHELL_CHANNEL = "inspector:shell";
export const BRIDGE_NAME = "inspector";
