import { expect, type Page } from "@playwright/test";
import axe, { type RunOnly, type RunOptions } from "axe-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All that another theme can change. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Everything that axe knows of WCAG 2.2 AA, for the page as it is now in the light theme, and its colours in the dark one. */
export async function expectNoFindings(page: Page): Promise<void> {
  // Without motion, so that no colour is half of one theme and half of the other.
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNothing(page, "light", { type: "tag", values: TAGS });
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNothing(page, "dark", { type: "rule", values: COLOUR_RULES });
}

async function expectNothing(page: Page, theme: string, runOnly: RunOnly): Promise<void> {
  const isThere = await page.evaluate(() => "axe" in window);
  // Half a megabyte: once a page.
  if (!isThere) await page.evaluate(axe.source);
  const findings = await page.evaluate(
    async (options) => {
      const { violations } = await window.axe.run(document, options);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
    },
    { runOnly, resultTypes: ["violations"] } as RunOptions,
  );
  expect(findings, `in the ${theme} theme`).toEqual([]);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
