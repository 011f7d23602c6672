// The browser for end-to-end tests: Debian's, installed when missing and allowed, else Playwright's own. Best without a
// browser's own windows: what Chromium draws around the page costs a third of the tests' time.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { install, mayInstall } from "./debian.mjs";
import { projectEnv } from "./project-node.mjs";

const PROGRAMS = ["chromium-headless-shell", "chromium", "chromium-browser"];

/** $CHROMIUM, else the first of PROGRAMS on PATH; undefined where there is none. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return PROGRAMS.flatMap((program) => folders.map((dir) => join(dir, program))).find((path) => existsSync(path));
}

/** Makes sure that there is a browser; gives the environment in which the tests find it. Rejects where there is none. */
export async function provideChromium(log) {
  if (findChromium() === undefined && mayInstall()) {
    log("Installing Debian's chromium-headless-shell for the end-to-end tests…");
    const started = Date.now();
    // Older Debians have the whole browser only.
    const isDone =
      (await install(["fonts-liberation", "chromium-headless-shell"], { updatesLists: true })) ||
      (await install(["fonts-liberation", "chromium"]));
    log(`${isDone ? "Installed" : "Could not install"} it (${((Date.now() - started) / 1000).toFixed(1)} s).`);
  }
  const path = findChromium();
  if (path !== undefined) return { CHROMIUM: path };
  log("Fetching Playwright's own browser for the end-to-end tests…");
  const fetched = spawnSync("playwright", ["install", "chromium"], {
    stdio: "inherit",
    env: projectEnv(),
    shell: process.platform === "win32",
  });
  if (fetched.status !== 0) {
    throw new Error(
      "There is no Chromium, and it could not be fetched. Install one and name it in the variable CHROMIUM.",
    );
  }
  return {};
}
