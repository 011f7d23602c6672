import open from "open";
import * as z from "zod";
import { fireAndForget, type Log } from "../../lib/log.ts";
import { uiUrlOf } from "../control-endpoint.ts";
import type { EngineRecord } from "../engine-record.ts";
import { TICKET_PATH } from "../http/http-host.ts";
import { printLine } from "./format.ts";

/** Whether there is a screen to open a browser on. */
export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform === "darwin" || platform === "win32" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

/**
 * Best effort: the URL is on the terminal anyway. The browser gets one that is good once, because what it is started with
 * stands in the list of processes, for every user of this machine.
 */
export function openInBrowser(engine: Pick<EngineRecord, "url" | "token">, log: Log): void {
  const opened = askOneTimeUrl(engine).then((url) => open(url));
  fireAndForget(opened, log, "serve.browser_not_opened");
}

/** Opens the page, or says where it is where there is no screen. */
export function showUi(engine: Pick<EngineRecord, "url" | "token">, log: Log): void {
  if (hasDisplay(process.platform, process.env)) openInBrowser(engine, log);
  else printLine(`There is no screen here. It is at ${uiUrlOf(engine)}`);
}

async function askOneTimeUrl({ url, token }: Pick<EngineRecord, "url" | "token">): Promise<string> {
  const response = await fetch(url + TICKET_PATH, { method: "POST", headers: { Authorization: `Bearer ${token}` } });
  const { path } = z.object({ path: z.string() }).parse(await response.json());
  return url + path;
}
