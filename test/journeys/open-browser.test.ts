import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { readEngineRecord } from "#core/hosts/engine-record.ts";
import { CLI, runChild, startProgram } from "../helpers/child.ts";
import { tempDir } from "../helpers/temp-dir.ts";

it("serve opens the browser with an address without the token, which leads to the page once", async ({ skip }) => {
  skip(process.platform !== "linux", "only there a test can stand in for the browser");
  using dir = tempDir();
  const opened = join(dir.path, "opened");
  const browser = join(dir.path, "browser");
  writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$@" > ${opened}.part\nmv ${opened}.part ${opened}\n`);
  chmodSync(browser, 0o755);
  const dataDir = join(dir.path, "data");
  const args = ["--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0"];

  // Without a desktop that knows a browser, its opener takes the one that is named.
  const names = ["XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"];
  const desktop = Object.fromEntries(names.map((name) => [name, dir.path]));
  const env = { ...desktop, DISPLAY: ":none", XDG_CURRENT_DESKTOP: "", BROWSER: browser };

  async function whatWasOpened(): Promise<string> {
    await vi.waitFor(() => expect(existsSync(opened)).toBe(true), 15_000);
    const url = readFileSync(opened, "utf8").trim();
    rmSync(opened);
    return url;
  }

  await using _served = startProgram([CLI, "serve", ...args], env);
  const first = await whatWasOpened();
  const { token = "" } = (await readEngineRecord(dataDir)) ?? {};
  // It finds that one, and opens its page.
  const { code } = await runChild([CLI, "serve", "--data-dir", dataDir], env);
  const second = await whatWasOpened();

  const follow = async (url: string) => (await fetch(url, { redirect: "manual" })).headers.get("Location");
  expect({ code, hasToken: token !== "" }).toEqual({ code: 0, hasToken: true });
  for (const url of [first, second]) {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{32}$/);
    expect(url).not.toContain(token);
    expect(await follow(url)).toBe(`/#token=${token}`);
    expect(await follow(url)).toBe("/");
  }
});
