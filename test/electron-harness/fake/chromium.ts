import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium, type Route } from "@playwright/test";
import { harness } from "./harness.ts";
import type { FakeProtocol } from "./protocol.ts";
import { contentsFor } from "./web-contents.ts";

const SWITCHES = [
  "--no-sandbox",
  "--remote-debugging-port=0",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface RunningChromium {
  readonly context: BrowserContext;
  /** Where a test connects to see the same pages. */
  readonly cdpUrl: string;
}

/** Starts Chromium on a profile of its own inside `profile`. Nothing but custom schemes and this machine is reached. */
export async function startChromium(profile: string, protocol: FakeProtocol): Promise<RunningChromium> {
  const folder = join(profile, "harness-chromium");
  const executablePath = process.env["HARNESS_CHROMIUM"];
  const context = await chromium.launchPersistentContext(folder, {
    ...(executablePath && { executablePath }),
    headless: true,
    viewport: null,
    args: SWITCHES,
  });
  // A page that went away in the meantime has no request left to answer.
  await context.route("**/*", (route) => answer(route, protocol).catch(() => undefined));
  for (const page of context.pages()) await page.close();
  const [port] = readFileSync(join(folder, "DevToolsActivePort"), "utf8").split("\n");
  return { context, cdpUrl: `http://127.0.0.1:${port}` };
}

async function answer(route: Route, protocol: FakeProtocol): Promise<void> {
  const request = route.request();
  const page = request.frame().page();
  const contents = contentsFor(page);
  const url = protocol.fromChromium(request.url());
  const isMainFrame = request.frame() === page.mainFrame();
  if (request.isNavigationRequest() && contents?.isNavigationPrevented(url, isMainFrame)) return route.abort("aborted");
  const handler = protocol.handlerOf(url);
  if (handler !== undefined) {
    const response = await handler(new Request(url, { method: request.method(), headers: request.headers() }));
    const body = Buffer.from(await response.arrayBuffer());
    return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }
  if (["127.0.0.1", "localhost"].includes(new URL(request.url()).hostname)) return route.continue();
  harness.blocked.push(url);
  return route.abort("internetdisconnected");
}
