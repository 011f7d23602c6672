import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { tempDir } from "../../../helpers/temp-dir.ts";

export interface FakeProgram extends Disposable {
  /** A folder of its own, the only thing in which is the program; it is the home as well. */
  readonly folder: string;
  /** The absolute path of the program. */
  readonly path: string;
  /** An environment in which the program is found by its name, goes wrong like `mode`, and has these variables. */
  env(mode?: string, variables?: Record<string, string>): NodeJS.ProcessEnv;
  /** What each start of it got, oldest first. */
  starts(): FakeStart[];
}

export interface FakeStart {
  readonly pid: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly key?: { readonly path: string; readonly mode: number; readonly text: string };
}

/** An executable of that name, which runs fakes/NAME.mjs. */
export function fakeProgram(name: "cloudflared" | "ssh"): FakeProgram {
  const folder = tempDir();
  const path = join(folder.path, name);
  const record = join(folder.path, "starts.jsonl");
  const script = pathToFileURL(join(import.meta.dirname, "fakes", `${name}.mjs`)).href;
  writeFileSync(path, `#!${process.execPath}\nimport(${JSON.stringify(script)});\n`, { mode: 0o755 });
  return {
    folder: folder.path,
    path,
    env: (mode = "open", variables = {}) => ({
      PATH: [folder.path, process.env["PATH"]].join(delimiter),
      HOME: folder.path,
      FAKE_MODE: mode,
      FAKE_RECORD: record,
      ...variables,
    }),
    starts() {
      if (!existsSync(record)) return [];
      return readFileSync(record, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

/** False also for a process that has ended and waits to be collected by whoever inherited it. */
export function isRunning(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

/** The process id of the only start so far. */
export function onlyPid(fake: FakeProgram): number {
  const [start, ...more] = fake.starts();
  if (start === undefined || more.length > 0) throw new Error(`It was started ${fake.starts().length} times.`);
  return start.pid;
}
