import { spawn } from "node:child_process";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { waitAtMost } from "#core/lib/wait-at-most.ts";
import { type Command, dyingWithUs } from "./die-with-us.ts";
import { createOutputLines, plain } from "./output-lines.ts";

/** How long a program may take to end when it is asked to, before it is ended. */
const GRACE_MS = 2_000;
/** A program of the program's own may hold the pipes open: its last words are not waited for longer than this. */
const LAST_WORDS_MS = 500;

export interface ChildOptions extends Command {
  readonly env: NodeJS.ProcessEnv;
  /** Texts that must not be repeated in what is kept of its output. */
  readonly secrets?: readonly string[];
  /** Hears every line of both outputs. */
  onLine?(line: string): void;
}

/** A program that runs until it is disposed of. Disposing resolves when its process is gone. */
export interface Child extends AsyncDisposable {
  /** Aborts when the process is gone and its output is read. */
  readonly gone: AbortSignal;
  /** The last lines of stdout, then those of stderr, oldest first. */
  lines(): readonly string[];
  /** From here on it is not what keeps our process alive. */
  unref(): void;
}

/**
 * Starts a program without a shell and without input, so that it can ask nothing. It ends when we do: by
 * disposing, by an exit of ours, and as far as the system can do that also when we are killed (die-with-us.ts).
 */
export async function startChild({ env, secrets = [], onLine = () => {}, ...command }: ChildOptions): Promise<Child> {
  const { program, args } = await dyingWithUs(command, env);
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  const output = createOutputLines(secrets, onLine);
  const gone = new AbortController();
  const kill = () => child.kill("SIGKILL");

  let startError: string[] = [];
  // Reasons are told on stderr: they come last.
  for (const stream of [child.stdout, child.stderr]) output.read(stream);
  // Comes after "exit", and after an "error" that says that it did not start.
  const closed = Promise.withResolvers<void>();
  child.once("close", () => closed.resolve());
  child.on("error", (error) => {
    startError = [plain(error.message)];
  });
  child.once("exit", () => void leaveBehind());
  process.once("exit", kill);

  async function leaveBehind(): Promise<void> {
    await waitAtMost(LAST_WORDS_MS, closed.promise);
    child.stdout.destroy();
    child.stderr.destroy();
  }

  async function bury(): Promise<void> {
    await closed.promise;
    process.removeListener("exit", kill);
    gone.abort();
  }
  const buried = bury();

  return {
    gone: gone.signal,
    lines: () => [...output.kept(), ...startError],
    unref() {
      child.unref();
      for (const stream of [child.stdout, child.stderr]) unrefPipe(stream);
    },
    async [Symbol.asyncDispose]() {
      child.ref();
      child.kill("SIGTERM");
      const grace = setTimeout(kill, GRACE_MS);
      await buried;
      clearTimeout(grace);
    },
  };
}

function unrefPipe(stream: Readable): void {
  if (stream instanceof Socket) stream.unref();
}
