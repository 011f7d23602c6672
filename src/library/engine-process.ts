import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ENGINE_FLAGS, projectNode } from "../../scripts/project-node.mjs";
import { InspectorError } from "./inspector-error.ts";

const CLI = fileURLToPath(new URL("../main/cli.js", import.meta.url));
/** The engine bounds its own end; this is for one that hangs. */
const END_MS = 15_000;
const LAST_LINES = 20;

/** A line that `listen --format json` prints. */
export interface Line {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The engine, as a process of the Node that this package brings: better-sqlite3 does not run on Node 20. */
export interface EngineProcess {
  /**
   * The first line of this kind. Rejects with an InspectorError `start.failed`, with what it wrote on its standard
   * error, where it ends before; `start.timeout` when `signal` aborts.
   */
  first(kind: string, signal: AbortSignal): Promise<Line>;
  /** From here on it keeps nobody from ending: a test may forget to stop it. */
  unref(): void;
  /** Ends it in good order; killed where it hangs. */
  end(): Promise<void>;
}

/** Throws an Error that says what is missing where no Node is new enough. */
export function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  log: (line: string) => void,
): EngineProcess {
  // The channel: when the tests are killed, it breaks, and the engine ends by itself.
  const child = spawn(projectNode(), [...ENGINE_FLAGS, CLI, "listen", "--format", "json", "--print-secret", ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...withoutOwn(process.env), ...env },
  });
  const ended = endOf(child);
  const errors = keepLastLines(child, log);
  const lines = keepFirstLines(child);

  return {
    first: (kind, signal) =>
      new Promise((resolve, reject) => {
        lines.await(kind, resolve);
        ended.then(() => reject(new InspectorError("start.failed", whyEnded(errors))));
        const giveUp = () =>
          reject(new InspectorError("start.timeout", `The inspector took too long.\n${errors.join("\n")}`));
        if (signal.aborted) giveUp();
        else signal.addEventListener("abort", giveUp, { once: true });
      }),
    unref() {
      child.unref();
      child.channel?.unref();
      // Sockets, which hold on to the event loop as well.
      for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
    },
    async end() {
      child.kill("SIGTERM");
      const hangs = setTimeout(() => child.kill("SIGKILL"), END_MS);
      await ended;
      clearTimeout(hangs);
    },
  };
}

/** What the developer has set for an inspector of every day: an account, a target, a folder. */
function withoutOwn(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("APIVIDEO_")));
}

/** Also where it cannot even be started. */
async function endOf(child: ChildProcess): Promise<void> {
  try {
    await once(child, "close");
  } catch {
    // `error`: there is no process.
  }
}

/** What is told of the start goes by as lines; the one that somebody waits for may have come already. */
function keepFirstLines(child: ChildProcess) {
  const seen = new Map<string, Line>();
  const awaited = new Map<string, (line: Line) => void>();
  eachLine(child.stdout, (text) => {
    const line = JSON.parse(text) as Line;
    if (seen.has(line.kind)) return;
    seen.set(line.kind, line);
    awaited.get(line.kind)?.(line);
  });
  return {
    await(kind: string, resolve: (line: Line) => void) {
      const line = seen.get(kind);
      if (line !== undefined) resolve(line);
      else awaited.set(kind, resolve);
    },
  };
}

function keepLastLines(child: ChildProcess, log: (line: string) => void): string[] {
  const last: string[] = [];
  eachLine(child.stderr, (line) => {
    log(line);
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
  });
  return last;
}

function eachLine(stream: NodeJS.ReadableStream | null, take: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", take);
}

function whyEnded(errors: readonly string[]): string {
  return `The inspector ended at its start.\n${errors.join("\n")}`;
}
