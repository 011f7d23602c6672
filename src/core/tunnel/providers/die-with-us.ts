import { spawn } from "node:child_process";
import { once } from "node:events";
import { findProgram } from "./find-program.ts";

export interface Command {
  /** An absolute path. */
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * The same command, such that the kernel ends it when we are killed and cannot do it ourselves. A tunnel that outlives us
 * would lead to whatever takes our port next, and hold a name or a port that we want back.
 *
 * Linux: setpriv of util-linux asks for a signal when the thread that started the program ends (prctl(2),
 * PR_SET_PDEATHSIG), and then becomes the program, with the same process id. Windows: libuv puts every child into a job
 * that ends with us (src/win/process.c, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE). macOS has nothing of the kind: there a tunnel
 * survives a SIGKILL of ours. Closing stdin is no way: ssh with -N and cloudflared never read it.
 */
export async function dyingWithUs({ program, args }: Command, env: NodeJS.ProcessEnv): Promise<Command> {
  if (process.platform !== "linux") return { program, args };
  const setpriv = await findProgram("setpriv", env);
  const guard = ["--pdeathsig", "KILL", "--"];
  // That of busybox lacks the option, and would end every tunnel at once.
  if (setpriv === null || !(await succeeds({ program: setpriv, args: [...guard, setpriv, "--version"] }, env))) {
    return { program, args };
  }
  return { program: setpriv, args: [...guard, program, ...args] };
}

async function succeeds({ program, args }: Command, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const [code] = await once(spawn(program, args, { env, stdio: "ignore" }), "exit");
    return code === 0;
  } catch {
    // It could not be started.
    return false;
  }
}
