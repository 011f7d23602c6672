import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

const DIR = join(import.meta.dirname, "../../docs/screens");
const QUALITY = 62;

mkdirSync(DIR, { recursive: true });

export const THEMES = ["dark", "light"] as const;
export type Theme = (typeof THEMES)[number];

/** The window that pictures are made of, where nothing says otherwise. */
export function windowOf(theme: Theme) {
  return {
    colorScheme: theme,
    viewport: { width: 1360, height: 860 },
    contextOptions: { reducedMotion: "reduce" as const },
  };
}

/** Gives what keeps a picture of the page under a name, once all is drawn in its own fonts. */
export function shooter(theme: Theme): (page: Page, name: string) => Promise<void> {
  return async (page, name) => {
    // Where the pointer is, no tooltip opens over the picture.
    await page.mouse.move(0, 0);
    await painted(page);
    await page.screenshot({ path: join(DIR, `${name}-${theme}.jpg`), quality: QUALITY, type: "jpeg" });
  };
}

function painted(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
