import open from "open";
import { fireAndForget, type Log } from "../../lib/log.ts";

/** Whether there is a screen to open a browser on. */
export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform === "darwin" || platform === "win32" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

/** Best effort: the URL is on the terminal anyway. */
export async function openInBrowser(url: string, log: Log): Promise<void> {
  fireAndForget(open(url), log, "serve.browser_not_opened");
}
