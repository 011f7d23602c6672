import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All that another theme can change. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Everything that axe knows of WCAG 2.2 AA, for the page as it is now. */
export function expectNoFindings(page: Page): Promise<void> {
  return expectNothing(new AxeBuilder({ page }).withTags(TAGS));
}

/** What of that is of colours: for a theme of a page whose other theme was looked at for all of it. */
export function expectGoodColours(page: Page): Promise<void> {
  return expectNothing(new AxeBuilder({ page }).withRules(COLOUR_RULES));
}

async function expectNothing(axe: AxeBuilder): Promise<void> {
  // Its usual mode opens a further page for each look, for frames of other origins, which we do not have.
  const { violations } = await axe.setLegacyMode(true).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`),
  ).toEqual([]);
}
