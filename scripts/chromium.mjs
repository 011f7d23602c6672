// The browser for end-to-end tests: Debian's, installed when missing and allowed, else Playwright's own. Best without a
// browser's own windows: what Chromium draws around the page costs a third of the tests' time.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectEnv } from "./project-node.mjs";

const PROGRAMS = ["chromium-headless-shell", "chromium", "chromium-browser"];

/** $CHROMIUM, else the first of PROGRAMS on PATH; undefined where there is none. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return PROGRAMS.flatMap((program) => folders.map((dir) => join(dir, program))).find((path) => existsSync(path));
}

/** Makes sure that there is a browser; answers the environment in which the tests find it. Throws when there is none. */
export function provideChromium(log) {
  let path = findChromium();
  if (
    path === undefined &&
    process.platform === "linux" &&
    process.getuid?.() === 0 &&
    existsSync("/usr/bin/apt-get")
  ) {
    log("Installing Debian's chromium-headless-shell for the end-to-end tests…");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const quiet = { stdio: "ignore", env };
    const install = ["install", "-y", "-qq", "--no-install-recommends", "fonts-liberation"];
    if (spawnSync("apt-get", ["update", "-qq"], quiet).status === 0) {
      // Older Debians have the whole browser only.
      const { status } = spawnSync("apt-get", [...install, "chromium-headless-shell"], quiet);
      if (status !== 0) spawnSync("apt-get", [...install, "chromium"], quiet);
    }
    path = findChromium();
  }
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
