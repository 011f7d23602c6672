import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { vi } from "vitest";
import { findLanguage, type Language } from "../../../../scripts/languages.mjs";
import { tempDir } from "../../../helpers/temp-dir.ts";

/** A receiver that runs: answers the status for a delivery; null where it did not even start. */
export interface RunningReceiver extends AsyncDisposable {
  post(body: Uint8Array, headers?: Record<string, string>): Promise<number | null>;
}

/** Starts the code in `file` with this secret in its environment, or with none. */
export type RunReceiver = (file: string, secret: string | undefined) => Promise<RunningReceiver>;

/** How the code of each stack is run; where it takes a language of its own, which one. */
export const RUNNERS: Readonly<Record<string, { readonly language?: Language; readonly run: RunReceiver }>> = {
  express: { run: inChild((file) => [process.execPath, file]) },
  fastify: { run: inChild((file) => [process.execPath, file]) },
  next: { run: inProcess(async (file) => (await import(file)).POST) },
  hono: { run: inProcess(async (file) => (await import(file)).default.fetch) },
  flask: python("flask", (file, port) => ["-m", "flask", "--app", file, "run", "--port", port]),
  fastapi: python("fastapi", (file, port) => [
    "-m",
    "uvicorn",
    "--app-dir",
    join(file, ".."),
    "--port",
    port,
    "webhook:app",
  ]),
  php: { language: "php", run: inChild((file, port) => ["php", "-S", `127.0.0.1:${port}`, file]) },
  ruby: {
    language: "ruby",
    run: inChild((file, port) => ["ruby", join(import.meta.dirname, "rack-server.rb"), file, port]),
  },
  go: { language: "go", run: runGo },
};

function python(language: Language, args: (file: string, port: string) => string[]) {
  return { language, run: inChild((file, port) => [findLanguage(language) ?? "python3", ...args(file, port)]) };
}

/** Code that takes web Requests needs no server. It reads its secret from the environment at each of them. */
function inProcess(load: (file: string) => Promise<(request: Request) => Promise<Response>>): RunReceiver {
  return async (file, secret) => {
    const handle = await load(file);
    return {
      async post(body, headers = {}) {
        vi.stubEnv("APIVIDEO_WEBHOOK_SECRET", secret);
        // Hono prints what its handlers throw.
        const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
        try {
          const request = new Request("http://localhost/webhook", { method: "POST", headers, body: body.slice() });
          return (await handle(request)).status;
        } catch {
          // A framework turns what is thrown into this.
          return 500;
        } finally {
          log.mockRestore();
          vi.unstubAllEnvs();
        }
      },
      async [Symbol.asyncDispose]() {},
    };
  };
}

function inChild(command: (file: string, port: string) => string[]): RunReceiver {
  return async (file, secret) => {
    const port = await freePort();
    const [program = "", ...args] = command(file, String(port));
    const { APIVIDEO_WEBHOOK_SECRET: _, ...env } = process.env;
    const child = spawn(program, args, {
      stdio: "ignore",
      env: {
        ...env,
        PORT: String(port),
        // Compiled files would lie among the sources, with this machine's paths in them.
        PYTHONDONTWRITEBYTECODE: "1",
        ...(secret !== undefined && { APIVIDEO_WEBHOOK_SECRET: secret }),
      },
    });
    const url = `http://127.0.0.1:${port}/webhook`;
    await vi.waitFor(async () => child.exitCode ?? (await fetch(url)), { timeout: 30_000, interval: 50 });
    return {
      async post(body, headers = {}) {
        if (child.exitCode !== null) return null;
        return (await fetch(url, { method: "POST", headers, body: body.slice() })).status;
      },
      [Symbol.asyncDispose]: () => end(child),
    };
  };
}

async function runGo(file: string, secret: string | undefined): Promise<RunningReceiver> {
  const dir = tempDir();
  const binary = join(dir.path, "receiver");
  // Nothing of this may ask the network for another version of Go.
  const env = { ...process.env, GO111MODULE: "off", GOTOOLCHAIN: "local" };
  await promisify(execFile)("go", ["build", "-o", binary, file], { env });
  const receiver = await inChild(() => [binary])(file, secret);
  return {
    post: receiver.post,
    async [Symbol.asyncDispose]() {
      await receiver[Symbol.asyncDispose]();
      dir[Symbol.dispose]();
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
