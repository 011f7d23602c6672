import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { startTestSimulator } from "../core/simulator/start-test-simulator.ts";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { canary } from "../helpers/canary.ts";
import { type Child, CLI, startChild } from "../helpers/child.ts";
import { type Crash, crashEnv } from "../helpers/crash-preload.ts";
import { startRelay } from "../helpers/relay.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { tracesIn } from "../helpers/traces.ts";

const DELIVERIES = 20;
/** A line of a stack trace, or of the source that Node shows above one. */
const STACK_TRACE = /^\s+at \S|^\s*\^+$|node:internal/m;

interface Crashing extends AsyncDisposable {
  readonly child: Child;
  readonly secrets: Readonly<Record<string, string>>;
  /** The files that Node writes of itself when it is told to. */
  readonly reports: string;
  readonly dataDir: string;
  call(name: string, input?: unknown): Promise<string>;
  /** What of the secrets is in what was said and written, but where it belongs. */
  leaks(): string[];
}

/** The built `serve` with a tunnel, a secret of every kind in it, and deliveries that it has acknowledged. */
async function startCrashing(crash: Crash, flags: readonly string[] = []): Promise<Crashing> {
  await using stack = new AsyncDisposableStack();
  const dir = stack.use(tempDir());
  const [dataDir, reports] = [join(dir.path, "data"), dir.path];
  const planted = { key: canary(), own: canary(), environment: canary(), authorization: canary(), cookie: canary() };
  const simulator = stack.use(await startTestSimulator({ apiKey: planted.key }));
  const relay = stack.use(await startRelay());
  const path = ["--api", simulator.url, "--tunnel", "localtunnel", "--tunnel-host", relay.url];
  const reads = ["engine.json", "secrets"].map((name) => join(dataDir, name));
  const child = stack.use(
    await startChild([CLI, "serve", "--json", "--no-open", "--data-dir", dataDir, ...PORTS, ...path], {
      ...crashEnv(dir.path, crash, { reads, flags: [...flags, `--report-directory=${reports}`] }),
      APIVIDEO_API_KEY: planted.key,
      APIVIDEO_WEBHOOK_SECRET: planted.environment,
    }),
  );
  const { uiUrl = "", token = "", listenerUrl = "" } = child.ready;
  const secrets = { ...planted, token };

  async function call(name: string, input: unknown = {}): Promise<string> {
    const headers = { Authorization: `Bearer ${token}` };
    const url = `${new URL(uiUrl).origin}/api/call/${name}`;
    return (await fetch(url, { method: "POST", headers, body: JSON.stringify(input) })).text();
  }

  await call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: planted.own });
  for (let n = 0; n < DELIVERIES; n++) {
    const headers = { Authorization: `Bearer ${planted.authorization}`, Cookie: planted.cookie };
    const signed = { webhookId: "webhook_a", secret: planted.own, headers, body: encodingEvent() };
    expect((await sendDelivery(listenerUrl, signed)).status).toBe(202);
  }
  await vi.waitFor(async () => expect(await call("app.snapshot")).toContain('"phase":"registered"'), 20_000);
  const owned = stack.move();
  return {
    ...{ child, secrets, reports, dataDir, call },
    leaks() {
      const written = [dir.path, dataDir].flatMap((folder) =>
        readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isFile() && !OWN_FILES.includes(entry.name))
          .map(({ name }) => readFileSync(join(folder, name))),
      );
      // The ready line has the token: whoever started it is told.
      const said = child.stderr() + child.stdout().split("\n").slice(1).join("\n");
      return [...tracesIn(said, secrets), ...written.flatMap((bytes) => tracesIn(bytes, secrets))];
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const PORTS = ["--listener-port", "0", "--ui-port", "0"];
/** What keeps secrets, or headers as they were received. */
const OWN_FILES = ["secrets", "engine.json", "inspector.db", "inspector.db-wal", "inspector.db-shm"];

async function countAfterwards(dataDir: string): Promise<number> {
  await using serve = await startChild([CLI, "serve", "--json", "--no-open", "--data-dir", dataDir, ...PORTS]);
  const { uiUrl = "", token = "" } = serve.ready;
  const headers = { Authorization: `Bearer ${token}` };
  const url = `${new URL(uiUrl).origin}/api/call/app.snapshot`;
  const reply = await (await fetch(url, { method: "POST", headers, body: "{}" })).json();
  await serve.end("SIGTERM");
  return reply.result.counts.total;
}

describe("an engine that crashes", { timeout: 60_000 }, () => {
  it.each(["exception", "rejection"] as const)(
    "says so in words, by %s, and nothing of what it knew",
    async (crash) => {
      await using crashing = await startCrashing(crash, ["--report-uncaught-exception"]);
      crashing.child.process.kill("SIGUSR2");
      const { code } = await crashing.child.ended;

      expect(code).toBe(1);
      expect(crashing.leaks()).toEqual([]);
      expect(crashing.child.stderr()).toMatch(/^apivideo-inspector: Something went wrong inside the inspector.*\n$/);
      expect(await countAfterwards(crashing.dataDir)).toBe(DELIVERIES);
    },
  );

  it.each(["thread-exception", "thread-rejection"] as const)(
    "in its threads, by a %s, goes on without the database, and says nothing of what that knew",
    async (crash) => {
      await using crashing = await startCrashing(crash, ["--report-uncaught-exception"]);
      crashing.child.process.kill("SIGUSR2");
      const snapshot = await vi.waitFor(async () => {
        const found = await crashing.call("app.snapshot");
        expect(found).toContain("Nothing can be kept");
        return found;
      });
      const answer = await sendDelivery(crashing.child.ready["listenerUrl"] ?? "");
      await crashing.child.end("SIGTERM");

      expect(answer.status).toBe(503);
      expect(tracesIn(snapshot, crashing.secrets)).toEqual([]);
      expect(crashing.leaks()).toEqual([]);
      expect(crashing.child.stderr()).not.toMatch(STACK_TRACE);
      expect(crashing.child.stderr()).toMatch(/tunnel\.fault.*client broke.*store\.lost/s);
      expect(await countAfterwards(crashing.dataDir)).toBe(DELIVERIES);
    },
  );

  it.each([
    ["abort", []],
    ["out-of-memory", ["--max-old-space-size=100", "--report-on-fatalerror"]],
  ] as const)(
    "as a whole, by %s, leaves nothing of what it knew in Node's own words and reports",
    async (crash, flags) => {
      await using crashing = await startCrashing(crash, flags);
      crashing.child.process.kill("SIGUSR2");
      const { code } = await crashing.child.ended;

      expect(code).not.toBe(0);
      expect(readdirSync(crashing.reports).some((name) => name.startsWith("report."))).toBe(flags.length > 0);
      expect(crashing.leaks()).toEqual([]);
      expect(await countAfterwards(crashing.dataDir)).toBe(DELIVERIES);
    },
  );
});
