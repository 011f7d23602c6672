import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect } from "@playwright/test";
import { host, runToEnd } from "../../electron-harness/launch.ts";
import { startChild } from "../../helpers/child.ts";
import { appArgs, calls, test } from "./fixtures.ts";

/** A program that is no inspector, and has the database to itself until it is ended. */
const HOLD_DATABASE = `
  const db = new (require("better-sqlite3"))(process.argv[1] + "/inspector.db");
  db.exec("BEGIN EXCLUSIVE");
  console.log("{}");
  setInterval(() => {}, 1000);
`;

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

test("a data folder that another program holds is refused in words, with the command line's exit code", async ({
  desktop,
}) => {
  await using _foreign = await startChild(["-e", HOLD_DATABASE, desktop.dataDir]);

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
