import { describe, expect, it, vi } from "vitest";
import { createClient } from "#shared/contract/client.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import type { Client } from "#shared/contract/types.ts";
import { BASIC, startTestSimulator, type TestSimulator } from "../core/simulator/start-test-simulator.ts";
import { type Child, CLI, runChild, startChild } from "../helpers/child.ts";
import { type Relay, startRelay } from "../helpers/relay.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { type StartedEngine, startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const WAIT = { timeout: 15_000, interval: 20 };
const GENEROUS = { uploads: 1_000, writes: 1_000, reads: 1_000 };

interface World extends AsyncDisposable {
  readonly relay: Relay;
  readonly simulator: TestSimulator;
  readonly app: StartedEngine;
  /** How many deliveries the simulator has given up. */
  givenUp(): number;
}

/** An account, a relay, and the app between them, registered at its public URL. */
async function startWorld(): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const log = silentLog();
  const simulator = stack.use(await startTestSimulator({ log, rateLimit: GENEROUS }));
  const relay = stack.use(await startRelay());
  const flags = { api: simulator.url, tunnel: "localtunnel", tunnelHost: relay.url };
  const app = stack.use(await startEngine({ apiKey: "simulator", flags }));
  const owned = stack.move();
  const world: World = {
    relay,
    simulator,
    app,
    givenUp: () => log.lines.filter((line) => /delivery_failed.*"retry":3/.test(line)).length,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
  await untilPath(world, "open");
  await vi.waitFor(async () => {
    expect((await app.client.call("app.snapshot", {})).registration.phase).toBe("registered");
  }, WAIT);
  return world;
}

async function untilPath({ app }: World, phase: string): Promise<void> {
  await vi.waitFor(async () => expect((await app.client.call("app.snapshot", {})).tunnel.phase).toBe(phase), WAIT);
}

async function uploadVideo({ simulator }: Pick<World, "simulator">): Promise<string> {
  const { json } = await simulator.call("POST", "/videos", { title: "holiday" });
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(1_000)]), "clip.mp4");
  const path = `${simulator.url}/videos/${json["videoId"]}/source`;
  await fetch(path, { method: "POST", headers: { Authorization: BASIC }, body: form });
  return String(json["videoId"]);
}

async function untilGap({ app }: World, isOver: boolean): Promise<void> {
  await vi.waitFor(async () => {
    const [gap] = (await app.client.call("gaps.list", {})).gaps;
    expect(gap !== undefined && (gap.to !== null) === isOver).toBe(true);
  }, WAIT);
}

describe("a relay that dies and comes back", () => {
  it("leaves a gap, whose missed events are found, simulated, and then no longer missing", async () => {
    await using world = await startWorld();
    const { app, relay, simulator } = world;
    const before = await uploadVideo(world);
    await vi.waitFor(async () => expect((await app.client.call("deliveries.list", {})).total).toBe(5), WAIT);
    await vi.waitFor(() => expect(relay.unanswered()).toBe(0), WAIT);

    await relay.kill();
    await untilGap(world, false);
    const during = await uploadVideo(world);
    const { json } = await simulator.call("POST", "/live-streams", { name: "concert" });
    await simulator.call("POST", `/simulator/live-streams/${json["liveStreamId"]}/start`);
    await vi.waitFor(() => expect(world.givenUp()).toBe(6), WAIT);
    await relay.restart();
    await untilGap(world, true);

    const { gaps } = await app.client.call("gaps.list", {});
    expect(gaps).toMatchObject([{ id: "g1", cause: expect.stringMatching(/^(relay|network)$/) }]);
    expect(app.events.filter(({ name }) => name === "gap.changed").map(({ payload }) => payload)).toMatchObject([
      { id: "g1", to: null },
      gaps[0],
    ]);

    const found = await app.client.call("webhooks.reconcile", {});
    expect(found).toMatchObject({ checkedVideos: 2, checkedLiveStreams: 1, isComplete: true, notes: [] });
    expect(found.missed.filter(({ subject }) => subject.videoId === before)).toEqual([]);
    expect(found.missed.map(({ type, detail }) => detail ?? type)).toEqual([
      "hls 240p",
      "hls 360p",
      "hls 480p",
      "hls 720p",
      "mp4 720p",
      "live-stream.broadcast.started",
    ]);
    expect(found.missed[0]).toMatchObject({ subject: { videoId: during }, title: "holiday" });

    for (const { type, set } of found.missed) await app.client.call("simulator.trigger", { type, set });

    const { items } = await app.client.call("deliveries.list", { limit: 6 });
    expect(items.map(({ source, verification }) => [source, verification.state])).toEqual(
      Array.from({ length: 6 }, () => ["simulated", "verified"]),
    );
    expect(await app.client.call("webhooks.reconcile", {})).toMatchObject({ missed: [], checkedVideos: 2 });
  });
});

describe("an app that is killed while its webhook is registered", () => {
  it("counts the time until it runs again as a gap, and none after it ended in good order", async () => {
    using dir = tempDir();
    await using simulator = await startTestSimulator({ rateLimit: GENEROUS });
    await using relay = await startRelay();
    const ports = ["--listener-port", "0", "--ui-port", "0"];
    const flags = ["--api", simulator.url, "--tunnel", "localtunnel", "--tunnel-host", relay.url, ...ports];
    const start = () =>
      startChild([CLI, "serve", "--json", "--data-dir", dir.path, ...flags], { APIVIDEO_API_KEY: "simulator" });
    const untilRegistered = (client: Client) =>
      vi.waitFor(async () => {
        expect((await client.call("app.snapshot", {})).registration.phase).toBe("registered");
      }, WAIT);

    await using first = await start();
    await untilRegistered(clientOf(first));
    expect((await clientOf(first).call("gaps.list", {})).gaps).toEqual([]);
    await first.end("SIGKILL");
    const killedAt = Date.now();

    await using second = await start();
    await untilRegistered(clientOf(second));
    const { gaps } = await clientOf(second).call("gaps.list", {});
    expect(gaps).toMatchObject([{ cause: "local", to: expect.any(String) }]);
    expect(Date.parse(gaps[0]?.from ?? "")).toBeLessThanOrEqual(killedAt);
    expect(Date.parse(gaps[0]?.to ?? "")).toBeGreaterThanOrEqual(killedAt);
    expect(await second.end("SIGTERM")).toBe(0);

    await using third = await start();
    await untilRegistered(clientOf(third));
    expect((await clientOf(third).call("gaps.list", {})).gaps).toEqual(gaps);
  }, 60_000);
});

function clientOf({ ready }: Child): Client {
  const { uiUrl = "", token = "" } = ready;
  return createClient(createHttpConnection({ find: () => ({ url: new URL(uiUrl).origin, token }), fetch }));
}

describe("webhooks.reconcile", () => {
  it("wants to know a time where there was no gap, and refuses one that is none", async () => {
    await using app = await startEngine();
    const call = (input: { from?: string; to?: string }) => app.client.call("webhooks.reconcile", input);

    await expect(call({})).rejects.toMatchObject({ code: "input.invalid", message: expect.stringContaining("no gap") });
    await expect(call({ from: "yesterday" })).rejects.toMatchObject({ details: { path: "from" } });
    await expect(call({ from: "2020-07-02T00:00:00Z", to: "2020-07-01T00:00:00Z" })).rejects.toMatchObject({
      details: { path: "from" },
    });
    expect(await call({ from: "2020-07-01T00:00:00Z" })).toMatchObject({ missed: [], isComplete: true });
  });

  it("lets a second one take the place of the first, which answers that it was stopped", async () => {
    await using app = await startEngine();
    const from = "2020-07-01T00:00:00Z";

    const first = app.client.call("webhooks.reconcile", { from });
    const second = app.client.call("webhooks.reconcile", { from });

    expect((await first).isComplete).toBe(false);
    expect((await second).isComplete).toBe(true);
    expect((await first).notes.join(" ")).toContain("It was stopped.");
  });

  it("tells on the command line what is missing, in words and as JSON", async () => {
    await using simulator = await startTestSimulator();
    using dir = tempDir();
    await uploadVideo({ simulator });
    await vi.waitFor(async () => {
      const { json } = await simulator.call("GET", "/videos");
      const [{ videoId }] = json["data"] as [{ videoId: string }];
      const status = await simulator.call("GET", `/videos/${videoId}/status`);
      expect(JSON.stringify(status.json)).not.toMatch(/"status":"(waiting|encoding)"/);
      expect(status.json["encoding"]).toMatchObject({ playable: true });
    }, WAIT);
    const env = { APIVIDEO_API_KEY: "simulator", APIVIDEO_INSPECTOR_API: simulator.url };
    const args = [CLI, "webhooks", "reconcile", "--data-dir", dir.path, "--from", "2020-07-01T00:00:00Z"];

    const json = await runChild([...args, "--format", "json"], env);
    const words = await runChild(args, env);

    expect([json.code, words.code]).toEqual([0, 0]);
    expect(JSON.parse(json.stdout)).toMatchObject({ checkedVideos: 1, missed: expect.any(Array) });
    expect(words.stdout).toContain("1 video, 0 live streams checked");
    expect(words.stdout).toMatch(/^missed {2}video\.encoding\.quality\.completed {2}hls 240p {2}vi\w+ {2}holiday/m);
  });
});
