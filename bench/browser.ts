import { type Browser, chromium } from "@playwright/test";
import { findChromium } from "../scripts/chromium.mjs";

/** The browser that the tests use too. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({ args: ["--no-sandbox"], ...(executablePath !== undefined && { executablePath }) });
}
