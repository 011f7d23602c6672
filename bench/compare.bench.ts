/**
 * The longest task of the window while two bodies of nearly 1 MB with 4 750 differences are compared: when the
 * dialog opens, lays their text out or not, ignores what is no news, and scrolls. Each figure beside its limit.
 */
import type { Browser } from "@playwright/test";
import { openBrowser } from "./browser.ts";
import { createStepTable, scroll } from "./longest-task.ts";
import { type Serve, startServe } from "./servers.ts";

const MEMBERS = 9_500;
const CHANGED_EVERY = 2;

await using serve = await startServe();
await serve.call("settings.update", { firstRunDone: true });
await using browser = await openBrowser();
const table = createStepTable(browser);
await measure(browser, serve, "in one line", 1_360, (value) => JSON.stringify(value));
await measure(browser, serve, "line by line", 1_360, (value) => JSON.stringify(value, null, 2));
await measure(browser, serve, "in a narrow window", 600, (value) => JSON.stringify(value));
table.print("compare");

async function measure(within: Browser, { listenerUrl, uiUrl }: Serve, body: string, width: number, write: Write) {
  for (const side of [1, 2]) await fetch(listenerUrl, { method: "POST", body: write(membersOf(side)) });
  await using page = await within.newPage({ viewport: { width, height: 860 } });
  await page.goto(uiUrl);
  await page.getByRole("rowgroup").getByRole("row").nth(1).click();
  const dialog = page.getByRole("dialog", { name: "Compare" });
  const text = dialog.getByRole("textbox", { name: /^Text/ }).last();
  const step = (name: string, act: () => Promise<void>) => table.step(page, body, name, act);
  await step("compare", async () => {
    for (const key of ["d", "k", "d"]) await page.keyboard.press(key);
    await text.waitFor();
  });
  await step("scroll the dialog", () => scroll(page, dialog));
  await step("ignore times", () => dialog.getByLabel("Ignore times").check());
  await step("do not ignore times", () => dialog.getByLabel("Ignore times").uncheck());
  await step("ignore ids", () => dialog.getByLabel("Ignore ids").check());
  await step("not formatted", async () => {
    await dialog.getByLabel("Formatted").uncheck();
    await text.waitFor();
  });
  await step("scroll the text", () => scroll(page, text));
  await step("formatted", async () => {
    await dialog.getByLabel("Formatted").check();
    await text.waitFor();
  });
  await step("scroll the formatted text", () => scroll(page, text));
}

type Write = (value: unknown) => string;

/** Every other member differs between the sides, in its id, its time or its value by turns. */
function membersOf(side: number) {
  return Array.from({ length: MEMBERS }, (_, at) => {
    const changed = at % CHANGED_EVERY === 0 ? ["videoId", "emittedAt", "quality"][(at / CHANGED_EVERY) % 3] : null;
    const second = String(at % 60).padStart(2, "0");
    return {
      videoId: `vi${at}${changed === "videoId" ? side : ""}`,
      emittedAt: `2026-11-24T14:0${changed === "emittedAt" ? side : 0}:${second}Z`,
      quality: changed === "quality" ? `${side}p` : "720p",
    };
  });
}
