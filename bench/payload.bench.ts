/**
 * The longest task of the window while a payload as long as the listener takes is loaded, read in each form, scrolled
 * and searched. Each figure beside its limit.
 */
import type { Browser, Page } from "@playwright/test";
import { openBrowser } from "./browser.ts";
import { JSON_BODIES, type LongBody, OTHER_BODIES } from "./long-bodies.ts";
import { createStepTable, scroll } from "./longest-task.ts";
import { type Serve, startServe } from "./servers.ts";

/** What is loaded of a body at first. */
const PART_BYTES = 1024 * 1024;

await using serve = await startServe();
await serve.call("settings.update", { firstRunDone: true });
await using browser = await openBrowser();
const table = createStepTable(browser);
for (const [name, body] of Object.entries(JSON_BODIES)) await measureJson(browser, serve, name, body);
for (const [name, body] of Object.entries(OTHER_BODIES)) await measureOther(browser, serve, name, body);
table.print("payload");

async function measureJson(within: Browser, inspector: Serve, body: string, text: string): Promise<void> {
  await using page = await openNewest(within, inspector, text);
  const { detail, panel, view } = partsOf(page);
  const step = (name: string, act: () => Promise<void>) => table.step(page, body, name, act);
  await step("open", async () => {
    await detail.getByRole("tab", { name: "Payload" }).click();
    await panel.getByRole("tree").waitFor();
  });
  if (text.length > PART_BYTES)
    await step("load all", async () => {
      await loadAll(page);
      await panel.getByText("object, 1 MB").or(panel.getByText("list, 1 MB")).waitFor({ state: "detached" });
    });
  const showAll = panel.getByRole("button", { name: "Show all" });
  await panel.getByRole("tree").press("ArrowDown");
  if (await showAll.isVisible()) await step("show all of it", () => showAll.click());
  await step("copy a value", () => panel.getByRole("button", { name: "Copy value" }).click());
  await step("expand all", () => panel.getByRole("button", { name: "Expand all" }).click());
  await step("scroll the tree", () => scroll(page, panel.getByRole("tree")));
  await step("text", async () => {
    await panel.getByRole("button", { name: "Text", exact: true }).click();
    await view.waitFor();
  });
  await step("scroll the text", () => scroll(page, view));
  const wrap = panel.getByLabel("Wrap");
  if (await wrap.isEnabled()) {
    await step("do not wrap", () => wrap.uncheck());
    await step("scroll what does not wrap", () => scroll(page, view));
    await step("wrap", () => wrap.check());
  }
  await step("search", () => find(page, "1"));
  await step("scroll what was found", () => scroll(page, view));
  if (await wrap.isEnabled()) {
    await step("do not wrap what was found", () => wrap.uncheck());
    await step("scroll that", () => scroll(page, view));
  }
  await step("formatted", () => panel.getByLabel("Formatted").check());
  await step("scroll the formatted text", () => scroll(page, view));
}

async function measureOther(within: Browser, inspector: Serve, body: string, sent: LongBody): Promise<void> {
  await using page = await openNewest(within, inspector, sent);
  const { detail, view } = partsOf(page);
  const step = (name: string, act: () => Promise<void>) => table.step(page, body, name, act);
  await step("open", async () => {
    await detail.getByRole("tab", { name: "Payload" }).click();
    await view.waitFor();
  });
  await step("load all", () => loadAll(page));
  await step("scroll", () => scroll(page, view));
  if (typeof sent !== "string") return;
  await step("search", () => find(page, "m"));
  await step("scroll what was found", () => scroll(page, view));
}

async function openNewest(within: Browser, inspector: Serve, body: LongBody): Promise<Page> {
  await fetch(inspector.listenerUrl, { method: "POST", body });
  const page = await within.newPage({ viewport: { width: 1360, height: 860 } });
  await page.goto(inspector.uiUrl);
  await page.getByRole("rowgroup").getByRole("row").first().click();
  return page;
}

function partsOf(page: Page) {
  const detail = page.getByRole("main", { name: "Selected delivery" });
  const panel = detail.getByRole("tabpanel", { name: "Payload" });
  return { detail, panel, view: panel.getByRole("region", { name: "Payload" }) };
}

async function loadAll(page: Page): Promise<void> {
  const { panel } = partsOf(page);
  await panel.getByRole("button", { name: "Load all" }).click();
  await panel.getByText("are not loaded").waitFor({ state: "detached" });
}

async function find(page: Page, text: string): Promise<void> {
  const { panel } = partsOf(page);
  await panel.getByLabel("Find in the payload").fill(text);
  // Not by its role: to compute the roles of all that is marked would be the longest task.
  await panel
    .locator("[role=status]")
    .filter({ hasText: /of|Not found/ })
    .waitFor();
}
