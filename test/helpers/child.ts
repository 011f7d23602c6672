import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { ENGINE_FLAGS } from "../../scripts/project-node.mjs";

export const projectRoot = dirname(dirname(import.meta.dirname));

/** How a program ended; `code` is null where a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs until it is told to end. */
export interface Running extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  /** Sends the signal and answers the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface Child extends Running {
  /** The first line of stdout, which these programs print as JSON when they are ready. */
  readonly ready: Record<string, string>;
}

export interface ProgramOptions {
  /** All of its standard input; none unless given. */
  readonly stdin?: string;
  /** Its standard input stays open, for those who write to it themselves. */
  readonly keepsStdin?: boolean;
  /** Whose it is, where we may decide that. */
  readonly uid?: number | undefined;
}

/** Starts a program of ours under the Node that runs the tests. */
export function startProgram(
  args: readonly string[],
  env: Record<string, string> = {},
  { stdin = "", keepsStdin = false, uid }: ProgramOptions = {},
): Running {
  // As users run it.
  const flags = args[0] === CLI ? ENGINE_FLAGS : [];
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: projectRoot,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...cleanEnv(), ...env },
    ...(uid !== undefined && { uid }),
  });
  child.stdin.on("error", () => {
    // The program ended before it read its input.
  });
  if (!keepsStdin) child.stdin.end(stdin);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk) => {
      output[name] += chunk;
    });
  }
  const exited = once(child, "exit").then(([code]): number | null => code);
  const ended = once(child, "close").then(([code]): Ended => ({ code, ...output }));
  // Where the program cannot even be started, `ended` says so.
  exited.catch(() => undefined);
  return {
    process: child,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    ended,
    end(signal) {
      child.kill(signal);
      return exited;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** The same, and waits until it says that it is ready. */
export async function startChild(args: readonly string[], env: Record<string, string> = {}): Promise<Child> {
  const running = startProgram(args, env);
  const line = await Promise.race([
    firstLine(running.process),
    running.ended.then(({ code, stderr }) => Promise.reject(new Error(`ended with ${code}: ${stderr}`))),
  ]);
  return { ...running, ready: JSON.parse(line) };
}

/** Runs a program of ours to its end. */
export async function runChild(
  args: readonly string[],
  env: Record<string, string> = {},
  stdin = "",
  uid?: number,
): Promise<Ended> {
  return startProgram(args, env, { stdin, uid }).ended;
}

/** The built command line. */
export const CLI = join(projectRoot, "out/main/cli.js");

/** Nothing of the developer's own configuration reaches the tests. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("APIVIDEO_")));
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("The child has no output.");
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, "line");
  return line;
}
