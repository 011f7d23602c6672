import type { Page } from "@playwright/test";

/**
 * Lets a test cut the page's line to its engine, and join it again: for the page, the engine is gone and comes back with
 * the same key. A stream that is open cannot be cut from outside the page. Takes effect with the next load.
 */
export async function makeLineCuttable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = window.fetch.bind(window);
    window.fetch = (input, init) => {
      const cut = new AbortController();
      window.addEventListener("cut-line", () => cut.abort());
      return real(input, { ...init, signal: AbortSignal.any([cut.signal, ...(init?.signal ? [init.signal] : [])]) });
    };
  });
}

export async function cutLine(page: Page): Promise<void> {
  await page.route("**/api/**", (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event("cut-line")));
}

export async function joinLine(page: Page): Promise<void> {
  await page.unroute("**/api/**");
}
