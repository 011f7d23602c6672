/**
 * The longest task of the window while the tabs beside Payload show a delivery as long as the listener takes, and answers
 * longer than what is kept of them. Each figure beside its limit.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "@playwright/test";
import { openBrowser } from "./browser.ts";
import { JSON_BODIES, type LongBody, OTHER_BODIES } from "./long-bodies.ts";
import { createStepTable, scroll } from "./longest-task.ts";
import { type Serve, startServe } from "./servers.ts";

/** More than tunnels and proxies add. */
const HEADERS = 25;

let answer: LongBody = "";
const target = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.end(answer));
}).listen(0, "127.0.0.1");
await once(target, "listening");
// An address and a port, because it listens to those.
const { port } = target.address() as AddressInfo;

await using serve = await startServe();
await serve.call("settings.update", { firstRunDone: true, forwardTo: `http://127.0.0.1:${port}/` });
await using browser = await openBrowser();
const table = createStepTable(browser);
for (const [name, body] of Object.entries({ ...JSON_BODIES, ...OTHER_BODIES }))
  await measure(browser, serve, name, body);
table.print("tabs");
target.close();

async function measure(within: Browser, { listenerUrl, uiUrl }: Serve, body: string, sent: LongBody) {
  answer = sent;
  const headers = Array.from({ length: HEADERS }, (_, at): [string, string] => [`x-header-${at}`, `value ${at}`]);
  await fetch(listenerUrl, {
    method: "POST",
    body: sent,
    headers: [...headers, ["webhook-signature", "0".repeat(64)]],
  });
  await using page = await within.newPage({ viewport: { width: 1360, height: 860 } });
  await page.goto(uiUrl);
  const detail = page.getByRole("main", { name: "Selected delivery" });
  const tab = (name: string) => detail.getByRole("tab", { name }).click();
  const panel = page.locator("[role=tabpanel]");
  const step = (name: string, act: () => Promise<void>) => table.step(page, body, name, act);
  const row = page.getByRole("rowgroup").getByRole("row").first();
  await row.waitFor();
  await step("select", async () => {
    await row.click();
    await panel.getByText("What happened").waitFor();
  });
  await step("headers", async () => {
    await tab("Headers");
    await panel.getByText("x-header-0").first().waitFor();
  });
  await step("scroll the headers", () => scroll(page, detail));
  await step("signature", async () => {
    await tab("Signature");
    await panel.getByText("x-header-0").waitFor({ state: "hidden" });
  });
  await step("raw", async () => {
    await tab("Raw");
    await panel.locator("section[aria-label=Body]").waitFor();
  });
  await step("scroll the raw body", () => scroll(page, panel.getByRole("region", { name: "Body" })));
  await step("attempts", async () => {
    await tab("Attempts");
    await panel.locator("section[aria-label='Body of the answer']").waitFor();
  });
  await step("scroll the answer", () => scroll(page, panel.getByRole("region", { name: "Body of the answer" })));
  await step("replay", async () => {
    await page.keyboard.press("r");
    await panel.locator("section[aria-label='Body of the answer']").nth(1).waitFor();
  });
}
