/**
 * The longest task of the window while a payload as long as the listener takes is loaded, read in each form, scrolled
 * and searched: of numbers in one line, of one string, and of nested lists in one line. Each figure beside its limit.
 */
import { cpus } from "node:os";
import type { Browser, Page } from "@playwright/test";
import { openBrowser } from "./browser.ts";
import { type Serve, startServe } from "./servers.ts";

const BODY_BYTES = 10 * 1024 * 1024 - 100;
const LIMIT_MS = 50;
const DEPTH = 500;
const WHEELS = 40;

const BODIES = {
  "numbers in one line": `[${"1,".repeat(BODY_BYTES / 2 - 2)}1]`,
  "one string": `["${"lorem ipsum ".repeat(BODY_BYTES / 12 - 1)}"]`,
  "nested lists in one line": `[${`${"[".repeat(DEPTH)}${"]".repeat(DEPTH)},`.repeat(BODY_BYTES / (2 * DEPTH + 1) - 1)}1]`,
};

const figures: { body: string; step: string; longestTaskMs: number; limit: number; kept: string }[] = [];

await using serve = await startServe();
await serve.call("settings.update", { firstRunDone: true });
await using browser = await openBrowser();
for (const [name, body] of Object.entries(BODIES)) await measure(browser, serve, name, body);
console.log(`payload: ${cpus().length} cores, Node ${process.version}`);
console.table(figures);

async function measure(within: Browser, inspector: Serve, body: string, text: string): Promise<void> {
  await fetch(inspector.listenerUrl, { method: "POST", body: text });
  await using page = await within.newPage({ viewport: { width: 1360, height: 860 } });
  await page.goto(inspector.uiUrl);
  await page.getByRole("rowgroup").getByRole("row").first().click();
  const detail = page.getByRole("main", { name: "Selected delivery" });
  const panel = detail.getByRole("tabpanel", { name: "Payload" });
  const view = panel.getByRole("region", { name: "Payload" });
  const step = async (name: string, act: () => Promise<void>): Promise<void> => {
    const longestTaskMs = await longestTask(within, page, act);
    figures.push({ body, step: name, longestTaskMs, limit: LIMIT_MS, kept: longestTaskMs <= LIMIT_MS ? "yes" : "NO" });
  };
  await step("open", async () => {
    await detail.getByRole("tab", { name: "Payload" }).click();
    await panel.getByRole("tree").waitFor();
  });
  await step("load all", async () => {
    await panel.getByRole("button", { name: "Load all" }).click();
    await panel.getByText("are not loaded").waitFor({ state: "detached" });
    await panel.getByText("object, 1 MB").or(panel.getByText("list, 1 MB")).waitFor({ state: "detached" });
  });
  await step("expand all", () => panel.getByRole("button", { name: "Expand all" }).click());
  await step("scroll the tree", () => scroll(page, panel.getByRole("tree")));
  await step("text", async () => {
    await panel.getByRole("button", { name: "Text", exact: true }).click();
    await view.waitFor();
  });
  await step("scroll the text", () => scroll(page, view));
  await step("search", async () => {
    await panel.getByLabel("Find in the payload").fill("1");
    await panel
      .getByRole("status")
      .filter({ hasText: /of|Not found/ })
      .waitFor();
  });
  await step("formatted", () => panel.getByLabel("Formatted").check());
  await step("scroll the formatted text", () => scroll(page, view));
}

async function scroll(page: Page, view: ReturnType<Page["getByRole"]>): Promise<void> {
  await view.hover();
  for (let wheel = 0; wheel < WHEELS; wheel++) {
    await page.mouse.wheel(0, 3_000);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await view.press("End");
  await view.press("Home");
}

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  readonly pid: number;
  readonly dur?: number;
  readonly args: { readonly name?: string };
}

/** Milliseconds of the longest task of the page's main thread, as the browser traces it: shorter ones than 50 too. */
async function longestTask(within: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  await within.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"] });
  await act();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))));
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(String(await within.stopTracing()));
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === "RunTask" && mains.has(`${pid} ${tid}`));
  return Math.round(Math.max(0, ...tasks.map(({ dur = 0 }) => dur)) / 100) / 10;
}
