import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { host, type LaunchedApp, type LaunchOptions, launch } from "../../electron-harness/launch.ts";

/** The built app with a data folder of its own, on free ports, with nothing leaving the machine. */
export interface Desktop {
  readonly dataDir: string;
  /** Starts the app; again after it has quit, on the same data. With these options where there are any. */
  start(options?: Partial<LaunchOptions>): Promise<StartedDesktop>;
}

export interface StartedDesktop {
  readonly app: LaunchedApp;
  readonly page: Page;
  /** Calls the engine as the command line does, by its record in the data folder. */
  call(name: string, input?: object): Promise<Record<string, unknown>>;
  /** Sends one delivery to the listener, signed with `secret` where one is given; answers the status. */
  deliver(payload: object, secret?: string): Promise<number>;
}

export const test = base.extend<{ desktop: Desktop }>({
  // Playwright reads a fixture's dependencies from its first parameter, which has to be an object pattern.
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  desktop: async ({}, use, info) => {
    info.annotations.push({ type: "host", description: host });
    const dataDir = await mkdtemp(join(tmpdir(), "inspector-desktop-"));
    const apps: LaunchedApp[] = [];
    await use({
      dataDir,
      async start(options) {
        const app = await launch({ args: appArgs(dataDir), ...options });
        apps.push(app);
        const page = await app.firstWindow();
        await page.waitForLoadState();
        return { app, page, ...engineOf(dataDir) };
      },
    });
    for (const app of apps) if (app.process.exitCode === null) await app.quit();
    await rm(dataDir, { recursive: true, force: true });
  },
});

test.beforeAll(() => {
  console.log(
    host === "electron" ? "Running in Electron itself." : "Running in the harness: Electron is not installed.",
  );
});

export function appArgs(dataDir: string): string[] {
  return ["--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0"];
}

function engineOf(dataDir: string): Pick<StartedDesktop, "call" | "deliver"> {
  async function call(name: string, input: object = {}) {
    const { url, token } = JSON.parse(await readFile(join(dataDir, "engine.json"), "utf8"));
    const response = await fetch(`${url}/api/call/${name}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const reply = await response.json();
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.result;
  }
  return {
    call,
    async deliver(payload, secret) {
      const body = JSON.stringify(payload);
      const signature = secret && createHmac("sha256", secret).update(body).digest("hex");
      // `app.snapshot` of the fixed interface has the listener's URL.
      const { listener } = (await call("app.snapshot")) as { listener: { url: string } };
      const response = await fetch(`${listener.url}/hook`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(signature && { "x-api-video-signature": signature }) },
        body,
      });
      return response.status;
    },
  };
}

/** What the harness remembers of the app's doings. Electron itself is not asked: there is no harness in it. */
export function calls(app: LaunchedApp): Promise<string[]> {
  return app.evaluate(({ harness }: { harness: { calls: { name: string; args: unknown[] }[] } }) =>
    harness.calls.map(({ name, args }) => [name, ...args].join(" ")),
  );
}
