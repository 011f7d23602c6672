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
  await using taken = await takePort();

  const { code, stderr } = await runToEnd({ args: argsOn(taken.port, desktop.dataDir) });

  expect(code).toBe(3);
  expect(stderr).toContain(String(taken.port));
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("where the listener's port is taken, a free one is offered, and deliveries come there", async ({ desktop }) => {
  // Nobody but the harness presses a button of the desktop's own dialog.
  if (host !== "harness") return;
  await using taken = await takePort();

  const { app, page, deliver } = await desktop.start({
    args: argsOn(taken.port, desktop.dataDir),
    env: { HARNESS_ANSWER: "Use a free port" },
  });

  expect(await calls(app)).toContain(`dialog.showMessageBox Port ${taken.port} is taken. Use a free port Quit`);
  expect(await deliver({ type: "still.here" })).toBe(202);
  await expect(page.getByRole("row", { name: /still\.here/ })).toBeVisible();
});

function argsOn(listenerPort: number, dataDir: string): string[] {
  return ["--data-dir", dataDir, "--ui-port", "0", "--listener-port", String(listenerPort)];
}

/** A port that another program listens on, until the scope ends. */
async function takePort(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) };
}

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
