import { expect, type Page } from "@playwright/test";

/** Nothing scrolls sideways, and every text stands whole in its box and in the window, or can be scrolled to. */
export async function expectNothingCut(page: Page, view: string): Promise<void> {
  await page.evaluate(nextFrames);
  expect(await page.evaluate(findSideways), `what scrolls sideways in: ${view}`).toEqual([]);
  expect(await page.evaluate(findCutTexts), `what is cut off in: ${view}`).toEqual([]);
}

// All run in the page as they stand here, so they close over nothing.

/** What is drawn to a width, as pictures are, knows a new one a frame after the window has it. */
async function nextFrames(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

function findSideways(): string[] {
  const parts = document.querySelectorAll(
    "main, section, nav, footer, [role=treegrid], [role=tablist], [role=tabpanel]",
  );
  return [document.documentElement, ...parts, ...document.querySelectorAll("[role=dialog]")]
    .filter(
      (element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline",
    )
    .map((element) => element.outerHTML.slice(0, 120));
}

/**
 * Texts that reach out of what holds them: of a part that hides what is too much, of a control, or of the window. An
 * ellipsis is no such cut, and what a part scrolls to is in it.
 */
function findCutTexts(): string[] {
  const TOLERANCE_PX = 2;
  const HOLDERS = "button, [role=tab], [role=row], [role=gridcell] > span, kbd, select, input";

  function isSeen(element: Element): boolean {
    return element.checkVisibility({ visibilityProperty: true });
  }

  function isCut(range: Range, parent: Element): boolean {
    let { left, right, top, bottom } = range.getBoundingClientRect();
    if (right - left < 1) return false;
    for (let holder: Element | null = parent; holder !== null; holder = holder.parentElement) {
      const style = getComputedStyle(holder);
      if (style.display === "inline" || style.display === "contents") continue;
      const box =
        holder === document.documentElement
          ? new DOMRect(0, 0, innerWidth, innerHeight)
          : holder.getBoundingClientRect();
      // Only for screen readers.
      if (style.overflowX === "hidden" && box.width <= 1) return false;
      const isHolder = holder.matches(HOLDERS) || holder === document.documentElement;
      const holds = (overflow: string) => isHolder || overflow === "hidden" || overflow === "clip";
      const isOutX = left < box.left - TOLERANCE_PX || right > box.right + TOLERANCE_PX;
      const isOutY = top < box.top - TOLERANCE_PX || bottom > box.bottom + TOLERANCE_PX;
      if (isOutX && holds(style.overflowX) && style.textOverflow !== "ellipsis") return true;
      if (isOutY && holds(style.overflowY)) return true;
      // From here on, what counts is the part that scrolls or ends in an ellipsis, not the text in it.
      if (style.overflowX !== "visible") [left, right] = [box.left, box.right];
      if (style.overflowY !== "visible") [top, bottom] = [box.top, box.bottom];
      if (style.position === "fixed") return left < 0 || right > innerWidth || top < 0 || bottom > innerHeight;
    }
    return false;
  }

  const cut: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (parent === null || texts.currentNode.textContent?.trim() === "" || !isSeen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    if (isCut(range, parent)) cut.push(`${texts.currentNode.textContent} in ${parent.outerHTML.slice(0, 100)}`);
  }
  return cut;
}
