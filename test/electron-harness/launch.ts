import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, type Page, _electron as realElectron } from "@playwright/test";
import { findChromium } from "../../scripts/chromium.mjs";
import { electronBinary } from "../../scripts/electron-binary.mjs";
import { makeCodec } from "./codec.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface LaunchOptions {
  /** The app's own flags. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The built app, running. The same for Electron and for the harness, so that one spec serves both. */
export interface LaunchedApp {
  firstWindow(): Promise<Page>;
  /** Runs in the main process with Electron's modules; `harness` is there in the harness alone. Closes over nothing. */
  evaluate<R, A = undefined>(run: (scope: never, arg: A) => R | Promise<R>, arg?: A): Promise<R>;
  /** Quits as a user would, and answers the exit code. */
  quit(): Promise<number | null>;
  /** Settles when the main process has ended, whoever ended it. */
  readonly exited: Promise<number | null>;
  readonly process: ChildProcess;
  stderr(): string;
}

/** Which of the two this machine has. Specs print it, because a run in the harness is not a run in Electron. */
export const host: "electron" | "harness" = electronBinary(root) === null ? "harness" : "electron";

/** Starts the built app and waits until Electron would be ready; rejects where the main process ends before that. */
export function launch(options: LaunchOptions): Promise<LaunchedApp> {
  return host === "electron" ? launchElectron(options) : launchHarness(options);
}

/** Starts the built app and waits for its end: for starts that are meant to fail. */
export async function runToEnd({ args, env }: LaunchOptions): Promise<{ code: number | null; stderr: string }> {
  const child =
    host === "electron"
      ? spawn(electronBinary(root) ?? "", [...electronSwitches(), root, ...args], { cwd: root, env: merged(env) })
      : startHarness({ args, env: env ?? {} });
  const stderr = collect(child);
  const code = await exitOf(child);
  return { code, stderr: stderr() };
}

async function launchElectron({ args, env }: LaunchOptions): Promise<LaunchedApp> {
  const app = await realElectron.launch({
    executablePath: electronBinary(root) ?? "",
    args: [...electronSwitches(), root, ...args],
    cwd: root,
    env: merged(env),
  });
  const child = app.process();
  const exited = exitOf(child);
  return {
    process: child,
    exited,
    stderr: collect(child),
    firstWindow: () => app.firstWindow(),
    // Playwright types the scope as Electron's modules, which is what `run` is written against.
    evaluate: (run, arg) => app.evaluate(run as never, arg as never) as never,
    async quit() {
      await app.evaluate(({ app: electronApp }) => electronApp.quit());
      return await exited;
    },
  };
}

async function launchHarness({ args, env }: LaunchOptions): Promise<LaunchedApp> {
  const child = startHarness({ args, env: env ?? {} });
  const stderr = collect(child);
  const exited = exitOf(child);
  const ended = exited.then((code) => {
    throw new Error(`The main process ended with ${code}:\n${stderr()}`);
  });
  // Whoever waits for something else as well hears of it through Promise.race.
  ended.catch(() => undefined);
  const cdpUrl = await Promise.race([ended, readyAt(child)]);
  const browser = await Promise.race([ended, chromium.connectOverCDP(cdpUrl)]);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error("Chromium has no context.");
  const evaluate = evaluator(child);
  return {
    process: child,
    exited,
    stderr,
    firstWindow: () => Promise.race([ended, firstPage(context)]),
    evaluate: (run, arg) => Promise.race([ended, evaluate(String(run), arg)]) as never,
    async quit() {
      // The process may be gone before it answers.
      evaluate("({ app }) => app.quit()", undefined).catch(() => undefined);
      const code = await exited;
      await browser.close().catch(() => undefined);
      return code;
    },
  };
}

function startHarness({ args, env }: Required<LaunchOptions>): ChildProcess {
  const hook = new URL("./hook.ts", import.meta.url).href;
  const browser = findChromium();
  return spawn(process.execPath, ["--import", hook, join(root, "out/main/index.js"), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "pipe", "ipc"],
    env: { ...merged(env), ...(browser && { HARNESS_CHROMIUM: browser }) },
  });
}

/** As root, Chromium runs without its sandbox or not at all. Only tests say so; the app never does by itself. */
function electronSwitches(): string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

function merged(env: LaunchOptions["env"]): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(own), ...env };
}

function collect(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk;
    process.stderr.write(chunk);
  });
  return () => text;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => child.once("exit", resolve).once("error", reject));
}

function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve) =>
    child.on("message", (message: { type: string; cdpUrl: string }) => {
      if (message.type === "ready") resolve(message.cdpUrl);
    }),
  );
}

function firstPage(context: BrowserContext): Promise<Page> {
  const isWindow = (page: Page) => page.url() !== "about:blank";
  const there = context.pages().find(isWindow);
  if (there !== undefined) return Promise.resolve(there);
  return new Promise((resolve) => {
    const look = (page: Page) => {
      if (isWindow(page)) resolve(page);
      page.on("framenavigated", () => isWindow(page) && resolve(page));
    };
    for (const page of context.pages()) look(page);
    context.on("page", look);
  });
}

type Result = { type: string; id: number; value?: unknown; error?: string };

function evaluator(child: ChildProcess): (code: string, arg: unknown) => Promise<unknown> {
  const wire = makeCodec();
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  child.on("message", ({ type, id, value, error }: Result) => {
    if (type !== "result") return;
    if (error === undefined) pending.get(id)?.resolve(wire.decode(value));
    else pending.get(id)?.reject(new Error(error));
    pending.delete(id);
  });
  return (code, arg) => {
    last += 1;
    const answer = Promise.withResolvers<unknown>();
    pending.set(last, answer);
    child.send({ type: "evaluate", id: last, code, arg: wire.encode(arg) });
    return answer.promise;
  };
}
