import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ENGINE_FLAGS } from "../scripts/project-node.mjs";

export interface Serve extends AsyncDisposable {
  readonly pid: number;
  readonly listenerUrl: string;
  readonly uiUrl: string;
  /** From the start of its process to its word that it is ready. */
  readonly readyMs: number;
  call<T>(name: string, input: unknown): Promise<T>;
}

/** A new folder for data, in BENCH_DIR or the system's folder for what is temporary. */
export function newDataDir(): string {
  return mkdtempSync(join(process.env["BENCH_DIR"] ?? tmpdir(), "inspector-bench-"));
}

/** The built `serve`, as users run it, on free ports; without `keptDir` its data goes with it. */
export async function startServe(env: Record<string, string> = {}, keptDir?: string): Promise<Serve> {
  const dataDir = keptDir ?? newDataDir();
  const cli = join(import.meta.dirname, "../out/main/cli.js");
  const args = ["serve", "--json", "--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0"];
  const started = performance.now();
  const child = spawn(process.execPath, [...ENGINE_FLAGS, cli, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const ready = JSON.parse(await firstLine(child));
  const readyMs = performance.now() - started;
  const { origin } = new URL(ready.uiUrl);
  return {
    pid: ready.pid,
    listenerUrl: ready.listenerUrl,
    uiUrl: ready.uiUrl,
    readyMs,
    async call<T>(name: string, input: unknown) {
      const response = await fetch(`${origin}/api/call/${name}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${ready.token}` },
        body: JSON.stringify(input),
      });
      const reply = await response.json();
      if (!reply.ok) throw new Error(reply.error.message);
      return reply.result as T;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await once(child, "exit");
      if (keptDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What of its memory a process has in RAM, as the kernel counts it (Linux). */
export function rssMb(pid: number): number {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kb) / 1024);
}

/** A server script that prints its port. */
export async function startBareServer(
  script: string,
  args: readonly string[] = [],
): Promise<AsyncDisposable & { readonly url: string }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const url = `http://127.0.0.1:${await firstLine(child)}`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, "exit");
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("The child has no output to read.");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("The server ended before it was ready.");
}
