/** The IPC channels of the Electron transport, and the name under which preload shows its bridge to the page. */
export const CALL_CHANNEL = "inspector:call";
export const EVENT_CHANNEL = "inspector:event";
/** From the page: that it wants to know how its way to the engine is. From main: how it is, at once and at each change. */
export const STATUS_CHANNEL = "inspector:status";
export const SHELL_CHANNEL = "inspector:shell";
/** From main to the page: the id of a delivery that the user asked for outside of it. */
export const SHOW_CHANNEL = "inspector:show";
/** The id of an action that was chosen in the desktop's menu, from the main process to the page. */
export const ACTION_CHANNEL = "inspector:action";
export const BRIDGE_NAME = "inspector";
