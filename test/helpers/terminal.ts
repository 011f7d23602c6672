import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI, projectRoot } from "./child.ts";
import { tempDir } from "./temp-dir.ts";

/** A folder in which bash runs lines of the documents as they stand, with our command on its path. */
export interface Terminal extends Disposable {
  /** Its home; the lines run in `work` below. */
  readonly folder: string;
  type(line: string, options?: TypeOptions): Typed;
}

export interface TypeOptions {
  readonly stdin?: string | undefined;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Typed {
  /** All that was said until now, on both outputs. */
  said(): string;
  /** As Ctrl-C does: all programs of the line hear it. */
  interrupt(): void;
  /** `exit code 0: what was said`. */
  readonly ended: Promise<string>;
}

const PROGRAMS: Readonly<Record<string, string>> = {
  "apivideo-inspector": `exec "${process.execPath}" "${CLI}" "$@"`,
  // What is documented of the checkout is run there; our own command is not built anew for each line.
  npm: `[ "$1 $2 $3 $4" = "run -s cli --" ] && shift 4 && exec apivideo-inspector "$@"
cd "${projectRoot}" && PATH="\${PATH#*:}" exec npm "$@"`,
};
/** Not every machine has these; where it has, its own are used. */
const SPARE: Readonly<Record<string, string>> = {
  nc: `const [host, port] = process.argv.slice(2);
process.stdin.pipe(require("node:net").connect({ host, port })).pipe(process.stdout);`,
  jq: `const field = process.argv.at(-1).slice(1);
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => console.log(JSON.parse(line)[field]));`,
};

/** `places`: what lies outside this machine, or takes long, and what is typed instead. */
export function openTerminal(places: readonly (readonly [RegExp, string])[]): Terminal {
  const dir = tempDir();
  for (const name of ["bin", "spare", "work/test", "work/src", ".config/fish/completions"]) {
    mkdirSync(join(dir.path, name), { recursive: true });
  }
  const put = (name: string, text: string) => writeFileSync(join(dir.path, name), text, { mode: 0o755 });
  for (const [name, script] of Object.entries(PROGRAMS)) put(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  for (const [name, script] of Object.entries(SPARE)) put(`spare/${name}`, `#!${process.execPath}\n${script}\n`);
  const path = `${join(dir.path, "bin")}:${process.env["PATH"]}:${join(dir.path, "spare")}`;
  const running = new Set<ChildProcess>();
  return {
    folder: dir.path,
    type(line, { stdin, cwd = join(dir.path, "work"), env = {} } = {}) {
      const child = spawn("bash", ["-c", places.reduce((text, [place, other]) => text.replace(place, other), line)], {
        cwd,
        detached: true,
        env: {
          ...{ PATH: path, HOME: dir.path },
          ...{ APIVIDEO_INSPECTOR_LISTENER_PORT: "0", APIVIDEO_INSPECTOR_UI_PORT: "0", ...env },
        },
      });
      child.stdin.end(stdin);
      running.add(child);
      child.once("close", () => running.delete(child));
      return follow(child);
    },
    [Symbol.dispose]() {
      for (const child of running) signal(child, "SIGKILL");
      dir[Symbol.dispose]();
    },
  };
}

function follow(child: ChildProcess): Typed {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (text += chunk));
  return {
    said: () => text,
    interrupt: () => signal(child, "SIGINT"),
    ended: once(child, "close").then(([code]) => `exit code ${code}: ${text}`),
  };
}

/** To all programs of a line. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, name);
}
