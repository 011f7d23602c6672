import { readdirSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { startTestSimulator } from "../core/simulator/start-test-simulator.ts";
import { CLI, type Ended, runChild, startChild } from "../helpers/child.ts";
import { startRelay } from "../helpers/relay.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const KEY = { APIVIDEO_API_KEY: "simulator" };

/** An account, a relay, and `serve` between them, registered; and the doctor beside it. */
async function startAll() {
  await using stack = new AsyncDisposableStack();
  const dir = tempDir();
  stack.defer(() => dir[Symbol.dispose]());
  const simulator = stack.use(await startTestSimulator({ rateLimit: { uploads: 1_000, writes: 1_000, reads: 1_000 } }));
  const relay = stack.use(await startRelay());
  const common = ["--data-dir", dir.path];
  const ports = ["--listener-port", "0", "--ui-port", "0"];
  const chosen = ["--api", simulator.url, "--tunnel", "localtunnel", "--tunnel-host", relay.url];
  stack.use(await startChild([CLI, "serve", "--json", ...common, ...ports, ...chosen], KEY));
  const webhookIds = async (): Promise<string[]> => {
    const { json } = await simulator.call("GET", "/webhooks");
    return (json["data"] as { webhookId: string }[]).map(({ webhookId }) => webhookId);
  };
  const doctor = (...more: string[]): Promise<Ended> => runChild([CLI, "doctor", ...common, ...more]);
  /** Asks until the doctor says this, as the engine needs a moment to see it. */
  const untilSays = (text: string | RegExp): Promise<Ended> =>
    vi.waitFor(
      async () => {
        const ended = await doctor();
        expect(ended.stdout).toMatch(text);
        return ended;
      },
      { timeout: 20_000 },
    );
  await vi.waitFor(async () => expect(await webhookIds()).toHaveLength(1), { timeout: 10_000 });
  await untilSays("All is well.");
  const owned = stack.move();
  return { simulator, relay, doctor, untilSays, webhookIds, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

it("says that all is well, link by link, and ends with code 0", async () => {
  await using all = await startAll();

  const text = await all.doctor();
  const json = await all.doctor("--format", "json");

  expect(text).toMatchObject({ code: 0, stderr: "" });
  expect(text.stdout).toMatch(
    /^✓ Listener .*\n✓ Tunnel .*\n✓ Public URL .*Last proof.*\n✓ api\.video .*\n– Forward .*\nAll is well\.\n$/,
  );
  expect(json.code).toBe(0);
  expect(
    json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { id: "listener", state: "ok" },
    { id: "tunnel", state: "ok" },
    { id: "public-url", state: "ok", provenAt: expect.any(String) },
    { id: "webhook", state: "ok" },
    { id: "target", state: "off" },
  ]);
});

it("says that a lost tunnel is opened again by itself, with code 5", async () => {
  await using all = await startAll();

  await all.relay.kill();
  const ended = await all.untilSays(/✗ Tunnel/);

  expect(ended.code).toBe(5);
  expect(ended.stdout).toMatch(/What to do: Tunnel: \S.* It is opened again by itself\.\n$/);
});

it("notices a webhook that was deleted elsewhere, which is then registered again by itself", async () => {
  await using all = await startAll();
  const [webhookId] = await all.webhookIds();
  await all.simulator.call("DELETE", `/webhooks/${webhookId}`);

  const ended = await all.doctor();

  expect(ended.code).toBe(5);
  expect(ended.stdout).toMatch(/What to do: api\.video: .* any more\. It is registered again by itself\.\n$/);
  await all.untilSays("All is well.");
  expect(await all.webhookIds()).not.toContain(webhookId);
});

it("says how to start an inspector where none runs on the data folder, with code 5", async () => {
  using dir = tempDir();

  const ended = await runChild([CLI, "doctor", "--data-dir", dir.path]);

  expect(readdirSync(dir.path)).toEqual([]);
  expect(ended).toMatchObject({
    code: 5,
    stdout: expect.stringMatching(/^✗ Listener .*\nWhat to do: Listener: No inspector runs .* Start one with `/),
  });
});
