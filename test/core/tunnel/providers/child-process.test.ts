import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { startChild } from "#core/tunnel/providers/child-process.ts";
import { findProgram } from "#core/tunnel/providers/find-program.ts";
import { projectRoot } from "../../../helpers/child.ts";
import { tempDir } from "../../../helpers/temp-dir.ts";
import { isRunning } from "./fake-program.ts";

describe("a program that carries a tunnel", () => {
  it("is read to the end however much it says, of which the last lines are kept", async () => {
    const noise = `process.stdout.write("x".repeat(10_000_000)); for (let i = 0; i < 99_999; i++) console.log(i);
      process.stderr.write("last words");`;

    await using child = await start(noise);
    await once(child.gone, "abort");

    expect(child.lines().length).toBeLessThanOrEqual(40);
    expect(child.lines().at(-1)).toBe("last words");
    expect(Math.max(...child.lines().map((line) => line.length))).toBeLessThanOrEqual(301);
  });

  it("has no input", async () => {
    await using child = await start(`process.stdin.on("end", () => console.log("end of input")).resume()`);

    await once(child.gone, "abort");

    expect(child.lines()).toEqual(["end of input"]);
  });

  it("is gone at once where something else holds its output open", async () => {
    const script = `require("node:child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 3000)"],
      { stdio: "inherit" }).unref(); console.log("ended"); process.exit()`;

    await using child = await start(script);
    await once(child.gone, "abort");

    expect(child.lines()).toEqual(["ended"]);
  });

  it("is gone with a reason where it cannot be started", async () => {
    using dir = tempDir();
    const program = join(dir.path, "broken");
    writeFileSync(program, "#!/nowhere/at/all\n", { mode: 0o755 });

    await using child = await startChild({ program, args: [], env: process.env });
    await vi.waitFor(() => expect(child.gone.aborted).toBe(true), { timeout: 10_000 });

    expect(child.lines().join()).toMatch(/no such file|ENOENT/i);
  });

  it("can be ended twice", async () => {
    const child = await start("setInterval(() => {}, 1000)");

    await Promise.all([child[Symbol.asyncDispose](), child[Symbol.asyncDispose]()]);
    await child[Symbol.asyncDispose]();

    expect(child.gone.aborted).toBe(true);
  });

  // On macOS nothing ends the children of a process that is killed (die-with-us.ts).
  const signals: NodeJS.Signals[] = process.platform === "darwin" ? ["SIGUSR2"] : ["SIGKILL", "SIGUSR2"];
  it.each(signals)("does not outlive us, whether we exit or are killed: %s", async (signal) => {
    using dir = tempDir();
    const pidFile = join(dir.path, "pid");
    const host = spawn(process.execPath, [join(import.meta.dirname, "fakes/host.ts"), pidFile], {
      cwd: projectRoot,
      stdio: "inherit",
    });
    await vi.waitFor(() => expect(existsSync(pidFile)).toBe(true), { timeout: 10_000 });
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(isRunning(pid)).toBe(true);

    host.kill(signal);
    await once(host, "exit");

    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });
  });
});

describe("finding a program", () => {
  it("leaves out folders that are relative, files that cannot be run, and folders of that name", async () => {
    using dir = tempDir();
    writeFileSync(join(dir.path, "plain"), "", { mode: 0o644 });

    expect(await findProgram("plain", { PATH: dir.path })).toBeNull();
    expect(await findProgram("src", { PATH: `${projectRoot}:.` })).toBeNull();
    expect(await findProgram("cli.mjs", { PATH: "scripts:./scripts:" })).toBeNull();
    expect(await findProgram("../bin/sh", { PATH: "" })).toBeNull();
  });

  it("takes an absolute path as it is", async () => {
    expect(await findProgram(process.execPath, {})).toBe(process.execPath);
    expect(await findProgram("/nowhere/ssh", {})).toBeNull();
  });
});

function start(script: string) {
  return startChild({ program: process.execPath, args: ["-e", script], env: process.env });
}
