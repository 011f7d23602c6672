import { type ChildProcess, spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { host, runToEnd } from "../../electron-harness/launch.ts";
import { appArgs, calls, test } from "./fixtures.ts";

test("a second start on the same data leaves the window to the first and says so", async ({ desktop }) => {
  const { app, page, deliver } = await desktop.start();

  const second = await runToEnd({ args: appArgs(desktop.dataDir) });

  expect(second.code).toBe(0);
  expect(second.stderr).toContain("already runs");
  expect(app.process.exitCode).toBeNull();
  if (host === "harness") await expect.poll(() => calls(app)).toContain("window.focus");
  expect(await deliver({ type: "still.here" })).toBe(202);
  await expect(page.getByRole("row", { name: /still\.here/ })).toBeVisible();
});

test("a data folder that serve holds is refused in words, with the command line's exit code", async ({ desktop }) => {
  await using _serve = await startServe(desktop.dataDir);

  const { code, stderr } = await runToEnd({ args: appArgs(desktop.dataDir) });

  expect(code).toBe(3);
  expect(stderr).toContain("--data-dir");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a listener port that is taken is refused in words", async ({ desktop }) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;

  const args = ["--data-dir", desktop.dataDir, "--ui-port", "0", "--listener-port", String(port)];
  const { code, stderr } = await runToEnd({ args });
  taken.close();

  expect(code).toBe(3);
  expect(stderr).toContain(String(port));
  expect(stderr).not.toMatch(/^\s+at /m);
});

/** `serve` on a data folder, until the scope ends. */
async function startServe(dataDir: string): Promise<AsyncDisposable> {
  const cli = join(import.meta.dirname, "../../../out/main/cli.js");
  const child = spawn(process.execPath, [cli, "serve", "--json", "--no-open", ...appArgs(dataDir)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve, reject) => {
    child.stdout.once("data", resolve);
    child.once("exit", (code) => reject(new Error(`serve ended with ${code}`)));
  });
  return { [Symbol.asyncDispose]: () => ended(child) };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
