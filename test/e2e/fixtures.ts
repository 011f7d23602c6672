import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { createClient } from "#shared/contract/client.ts";
import type { Client } from "#shared/contract/types.ts";
import { fillStore } from "../../bench/fill-store.ts";
import { findChromium } from "../../scripts/chromium.mjs";
import { type Child, CLI, startChild } from "../helpers/child.ts";
import { InspectorPage } from "./pages/inspector-page.ts";

/** `serve` as a user starts it, on free ports, with a data folder of its own and nothing leaving the machine. */
export interface Inspector {
  readonly uiUrl: string;
  readonly listenerUrl: string;
  readonly simulatorUrl: string;
  /** The engine, called as the page calls it. */
  readonly client: Client;
  readonly child: Child;
}

interface WorkerOptions {
  /** Switches for the browser, besides those that keep it to this machine. */
  browserSwitches: string[];
}

interface Fixtures {
  /** How many verified deliveries there are from earlier days, before the app is started. */
  history: number;
  /** What the app is started with, besides its folder and its ports. */
  flags: string[];
  inspector: Inspector;
  /** The page of the app, opened. */
  app: InspectorPage;
}

/** A browser that talks to nobody but us. */
const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const CHROMIUM = findChromium();

export const test = base.extend<Fixtures, WorkerOptions>({
  browserSwitches: [[], { option: true, scope: "worker" }],
  launchOptions: [
    ({ browserSwitches }, use) =>
      use({ args: [...BROWSER_ARGS, ...browserSwitches], ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }) }),
    { scope: "worker" },
  ],
  history: [0, { option: true }],
  flags: [[], { option: true }],
  inspector: async ({ history, flags }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), "inspector-ui-"));
    if (history > 0) await fillStore(dataDir, history, { failed: 0, forwarded: 0 });
    const inspector = await startInspector(dataDir, flags);
    await use(inspector);
    await inspector.child[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  },
  app: async ({ page, inspector }, use) => {
    const complaints = collectComplaints(page);
    const app = new InspectorPage(page);
    await page.goto(inspector.uiUrl);
    await expect(app.status).toBeVisible();
    await use(app);
    expect(complaints, "what the page's console complained of").toEqual([]);
  },
});

export { expect };

/** The caller ends its child. */
export async function startInspector(dataDir: string, flags: readonly string[] = []): Promise<Inspector> {
  const args = [...flags, "--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0"];
  const child = await startChild([CLI, "serve", "--json", "--no-open", ...args]);
  const { uiUrl = "", listenerUrl = "", simulatorUrl = "", token = "" } = child.ready;
  return { uiUrl, listenerUrl, simulatorUrl, client: httpClient(uiUrl, token), child };
}

/** Past the first steps, as on any day but the first. */
export async function skipFirstRun({ client }: Inspector): Promise<void> {
  await client.call("settings.update", { firstRunDone: true });
}

/** Past the first steps, with one delivery in the list: that of generated captions. */
export async function receiveFirst(app: InspectorPage, inspector: Inspector): Promise<void> {
  await skipFirstRun(inspector);
  await inspector.client.call("simulator.trigger", { type: "video.caption.generated" });
  await expect(app.rows()).toHaveCount(1);
}

/** Every error of the page and everything its security policy stopped. A broken line to the engine is no fault of the page. */
export function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (!message.text().includes("net::ERR_")) complaints.push(message.text());
  });
  return complaints;
}

function httpClient(uiUrl: string, token: string): Client {
  return createClient({
    async invoke(name, input) {
      const response = await fetch(new URL(`/api/call/${name}`, uiUrl), {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify(input),
      });
      return await response.json();
    },
    subscribe: () => () => undefined,
  });
}
