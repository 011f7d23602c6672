import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { startTestSimulator } from "../core/simulator/start-test-simulator.ts";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { canary } from "../helpers/canary.ts";
import { CLI, runChild, startChild } from "../helpers/child.ts";
import { startAgent } from "../helpers/mcp-client.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { tracesIn } from "../helpers/traces.ts";

/** With signs that every encoding writes otherwise. */
const secret = () => `${canary()}+/ "é"?&`;
const asKey = () => `${canary()}+/=?&`;

/** What shows a delivery's headers, which were captured and are no secrets of ours: to whoever may call the engine, and nobody else. */
const SHOWING = ["deliveries.get", "replay.preview"];

/** The command lines of all processes that this user may see. */
function commandLines(): string {
  if (process.platform !== "linux") return "";
  const lines = readdirSync("/proc").map((pid) => {
    try {
      return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : "";
    } catch {
      // It has ended meanwhile.
      return "";
    }
  });
  return lines.join("\n");
}

/** The built `serve`, and everything that it ever said to anybody. */
async function startServe(dataDir: string, flags: readonly string[], env: Record<string, string>) {
  const args = ["--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0", ...flags];
  const child = await startChild([CLI, "serve", "--json", "--no-open", ...args], env);
  const { uiUrl = "", token = "", listenerUrl = "" } = child.ready;
  const { origin } = new URL(uiUrl);
  const said: string[] = [];
  const shown: string[] = [];
  const stop = new AbortController();

  async function call(name: string, input: unknown = {}, more: Record<string, string> = {}): Promise<string> {
    const response = await fetch(`${origin}/api/call/${name}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, ...more },
      body: typeof input === "string" ? input : JSON.stringify(input),
    });
    const text = `${JSON.stringify([...response.headers])} ${await response.text()}`;
    (SHOWING.includes(name) ? shown : said).push(text);
    return text;
  }

  const stream = await fetch(`${origin}/api/events`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  const reading = (async () => {
    for await (const chunk of stream.body ?? []) said.push(Buffer.from(chunk).toString("utf8"));
  })().catch(() => undefined);
  return {
    ...{ child, token, listenerUrl, origin, said, shown, call },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await reading;
      await child[Symbol.asyncDispose]();
    },
  };
}

type Served = Awaited<ReturnType<typeof startServe>>;

/** All that one may do with secrets and deliveries, rightly and wrongly. */
async function useAll({ call, listenerUrl, origin, said }: Served, secrets: Record<string, string>, folder: string) {
  await call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: secrets["own"] });
  await call("secrets.set", { kind: "api-key", environment: "custom", value: secrets["wrongKey"] });
  await call("secrets.set", { kind: secrets["tried"], value: { [secrets["tried"] ?? ""]: 1 } });
  await call("secrets.set", `{"value":"${secrets["tried"]}"`);
  await call("settings.update", {
    api: `https://user:${secrets["tried"]}@example.invalid`,
    [`${secrets["tried"]}`]: 1,
  });
  const headers = { Authorization: `Bearer ${secrets["authorization"]}`, Cookie: `session=${secrets["cookie"]}` };
  for (const signed of ["own", "environment", "tried"]) {
    for (const webhookId of ["webhook_a", "webhook_unknown"]) {
      await sendDelivery(`${listenerUrl}/hook`, {
        webhookId,
        secret: secrets[signed] ?? "",
        headers,
        body: encodingEvent(),
      });
    }
  }
  await call("simulator.trigger", { type: "video.caption.generated", count: 2 });
  await call("simulator.trigger", { type: "video.caption.generated", signature: "wrong-secret" });
  for (const id of ["d1", "d2", "d3"]) {
    await call("verification.explain", { id, secret: secrets["tried"] });
    await call("replay.send", { id, sign: { secret: secrets["tried"] }, edits: { body: "eyJhIjoxfQ==" } });
    await call("replay.preview", { id, sign: { secret: secrets["tried"] } });
    await call("replay.send", { id, sign: "webhook", target: "http://127.0.0.1:1" });
    await call("replay.send", { id, target: `http://user:${secrets["tried"]}@127.0.0.1:1` });
  }
  await call("replay.batch", {
    query: "",
    target: "http://127.0.0.1:1",
    order: "received",
    pacing: "asap",
    concurrency: 2,
  });
  for (const format of ["har", "jsonl", "curl", "fixtures"]) await call("export.create", { format, query: "" });
  await call("export.write", { dir: folder, query: "" });
  for (const name of [
    "app.snapshot",
    "app.holdings",
    "secrets.status",
    "profiles.list",
    "settings.get",
    "webhooks.list",
  ]) {
    await call(name);
  }
  await call("profiles.save", { name: "second" });
  await call("app.diagnostics", { showHosts: true });
  await call("deliveries.list", { query: "sig:failed" });
  await call("webhooks.register");
  await call(`no.command ${secrets["tried"]}`);
  await call("app.snapshot", {}, { Authorization: `Bearer ${secrets["tried"]}` });
  said.push(await (await fetch(`${origin}/${encodeURIComponent(secrets["tried"] ?? "")}.js`)).text());
}

describe("secrets of the whole app", () => {
  it("stand in the file that is theirs and in nothing else that it writes or says", { timeout: 60_000 }, async () => {
    using dir = tempDir();
    const dataDir = join(dir.path, "data");
    const secrets: Record<string, string> = {
      ...{ key: asKey(), wrongKey: asKey(), own: secret(), environment: secret(), tried: secret() },
      ...{ authorization: asKey(), cookie: asKey() },
    };
    await using simulator = await startTestSimulator({ apiKey: secrets["key"] ?? "" });
    await using receiver = await startReceiver();
    receiver.status = 500;
    const env = { APIVIDEO_API_KEY: secrets["key"] ?? "", APIVIDEO_WEBHOOK_SECRET: secrets["environment"] ?? "" };
    const flags = ["--api", simulator.url, "--forward-to", receiver.url];
    await using served = await startServe(dataDir, flags, env);
    await vi.waitFor(async () => expect(await served.call("app.snapshot")).toContain('"registered"'), {
      timeout: 20_000,
    });

    await useAll(served, secrets, join(dir.path, "fixtures"));
    const cli = (...args: string[]) => runChild([CLI, ...args, "--data-dir", dataDir], env);
    const outputs = await Promise.all([
      ...[cli("doctor"), cli("status", "--format", "json"), cli("events", "get", "d99")],
      cli("events", "export", "--format", "har", "id:d1"),
    ]);

    await served.call("deliveries.get", { id: "d1" });
    await using agent = await startAgent(dataDir);
    for (const name of ["get_status", "list_deliveries"]) served.said.push(JSON.stringify(await agent.call(name)));
    for (const name of ["explain_signature", "replay_delivery", "read_body"]) {
      served.said.push(JSON.stringify(await agent.call(name, { id: "d1" })));
    }
    const file = readFileSync(join(dataDir, "secrets"), "utf8");
    const { webhooks } = JSON.parse(file);
    const all = { ...secrets, token: served.token, ...registered(webhooks) };
    const whole = (name: string) => readFileSync(join(dataDir, name));
    expect(tracesIn(served.said.join("\n"), all)).toEqual([]);
    expect(tracesIn(served.shown.join("\n"), all)).toEqual(["authorization", "cookie"]);
    expect(tracesIn(JSON.stringify(outputs), all)).toEqual([]);
    expect(tracesIn(commandLines(), all)).toEqual([]);
    expect(tracesIn(whole("engine.json"), all)).toEqual(["token"]);
    for (const name of ["inspector.db", "inspector.db-wal"]) {
      expect(tracesIn(whole(name), { ...all, authorization: canary(), cookie: canary() })).toEqual([]);
    }
    const fixtures = readdirSync(join(dir.path, "fixtures"));
    expect(fixtures.length).toBeGreaterThan(3);
    for (const name of fixtures) {
      expect(tracesIn(readFileSync(join(dir.path, "fixtures", name)), all)).toEqual([]);
    }
    expect(await served.child.end("SIGTERM")).toBe(0);
    expect(tracesIn(served.child.stderr(), all)).toEqual([]);
    expect(tracesIn(served.child.stdout(), all)).toEqual(["token"]);
    expect(tracesIn(file, all).toSorted()).toEqual([...Object.keys(registered(webhooks)), "own"].toSorted());
    expect(statSync(join(dataDir, "secrets")).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).toSorted()).toEqual(["inspector.db", "secrets"]);
  });

  it("are not quoted of a file that is damaged", async () => {
    using dir = tempDir();
    const secrets = { kept: asKey() };
    writeFileSync(join(dir.path, "secrets"), `{"version":1,"apiKeys":{"custom":"${secrets.kept}"`, { mode: 0o600 });
    await using served = await startServe(dir.path, [], {});

    await served.call("app.snapshot");
    await served.call("secrets.status");
    await served.call("secrets.set", { kind: "webhook", webhookId: "webhook_a", value: "new" });
    await served.call("app.diagnostics");

    expect(served.said.join()).toContain("cannot be read");
    expect(await served.child.end("SIGTERM")).toBe(0);
    expect(tracesIn(`${served.said.join()}${served.child.stderr()}${served.child.stdout()}`, secrets)).toEqual([]);
  });
});

/** The secrets that api.video made for webhooks of ours. */
function registered(webhooks: readonly { webhookId: string; secrets: readonly string[] }[]): Record<string, string> {
  const made = webhooks.filter(({ webhookId }) => webhookId !== "webhook_a");
  return Object.fromEntries(made.flatMap(({ webhookId, secrets }) => secrets.map((text) => [webhookId, text])));
}
