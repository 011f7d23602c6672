import { text } from "node:stream/consumers";
import { describe, expect, it, vi } from "vitest";
import type { EngineOptions } from "#core/engine-options.ts";
import { startControlEndpoint } from "#core/hosts/control-endpoint.ts";
import { writeEngineRecord } from "#core/hosts/engine-record.ts";
import { type HostFlags, type HostOptions, readHostOptions } from "#core/hosts/host-options.ts";
import { findRunning } from "#core/hosts/running-engine.ts";
import type { ConnectionStatus } from "#shared/contract/connection.ts";
import { joinRunning } from "../../src/main/join-running.ts";
import { openShownEngine, type ShownEngine, showOwn } from "../../src/main/shown-engine.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { type ForeignServer, startForeign } from "../helpers/foreign-server.ts";
import { startRunningEngine } from "../helpers/running-engine.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

function optionsFor(dataDir: string, flags: Partial<HostFlags> = {}): HostOptions {
  return readHostOptions({ dataDir, listenerPort: "0", uiPort: "0", ...flags }, {});
}

/** Our own engine, as the app starts it. */
async function startOwn(options: Partial<EngineOptions> & { dataDir: string }): Promise<ShownEngine> {
  const started = await startEngine({ connect: false, ...options });
  return { ...(await showOwn(started.engine)), [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
}

/** As the app opens it, on a folder; `isOwn` says afterwards which of the two it was. */
async function open(dataDir: string, flags: Partial<HostFlags> = {}) {
  let isOwn = false;
  const shown = await openShownEngine(
    dataDir,
    async () => {
      const own = await startOwn({ dataDir });
      isOwn = true;
      return own;
    },
    (found) => joinRunning(found, optionsFor(dataDir, flags)),
  );
  return { shown, isOwn };
}

/** Stands before an engine's control API: passes calls on, and gives what comes back to `change`; has no events. */
function startFrontDoor(url: string, change: (reply: unknown) => unknown = (reply) => reply): Promise<ForeignServer> {
  return startForeign(async (request, response) => {
    if (request.url === "/api/events") return void response.writeHead(503).end();
    const answer = await fetch(url + request.url, {
      method: "POST",
      headers: { authorization: request.headers.authorization ?? "" },
      body: await text(request),
    });
    response.end(JSON.stringify(change(await answer.json())));
  });
}

/** Has the record of a running engine lead to the front door instead. */
async function leadThrough(door: ForeignServer, dataDir: string): Promise<void> {
  const found = await findRunning(dataDir);
  if (found === null) throw new Error("nothing runs");
  await writeEngineRecord(dataDir, { ...found.record, url: door.url });
}

describe("the engine that the window shows", () => {
  it("is our own where nobody has the folder, whatever program a stale record leads to", async () => {
    using dir = tempDir();
    await using stranger = await startFrontDoor("http://127.0.0.1:1");
    await writeEngineRecord(dir.path, { pid: process.pid, url: stranger.url, token: "stale" });

    const { shown, isOwn } = await open(dir.path);
    await using _shown = shown;

    expect(isOwn).toBe(true);
    expect(stranger.asked).toEqual([]);
    expect((await shown.client.call("app.snapshot", {})).dataDir).toBe(dir.path);
  });

  it("is the one that runs on the folder: its calls, its events, its process, and never its token", async () => {
    using dir = tempDir();
    await using running = await startRunningEngine({ dataDir: dir.path });
    await running.client.call("settings.update", { theme: "dark" });
    const token = (await findRunning(dir.path))?.record.token ?? "";

    const { shown, isOwn } = await open(dir.path);
    await using _shown = shown;
    const heard: unknown[] = [];
    shown.connection.subscribe((event) => heard.push(event));
    shown.connection.onStatus((status) => heard.push(status));
    await sendDelivery(running.engine.listenerUrl);
    await vi.waitFor(() => expect(heard).toContainEqual(expect.objectContaining({ name: "delivery.received" })));
    heard.push(await shown.connection.invoke("app.snapshot", {}), await shown.connection.invoke("app.diagnostics", {}));

    expect(isOwn).toBe(false);
    expect(shown.settings.theme).toBe("dark");
    expect(heard[0]).toEqual({ kind: "connected", resumed: false, pid: process.pid });
    expect(token).not.toBe("");
    expect(JSON.stringify(heard)).not.toContain(token);
  });

  it("goes on when the window is closed", async () => {
    using dir = tempDir();
    await using running = await startRunningEngine({ dataDir: dir.path });
    const { shown } = await open(dir.path);

    await shown[Symbol.asyncDispose]();

    expect((await sendDelivery(running.engine.listenerUrl)).status).toBe(202);
    expect(await findRunning(dir.path)).not.toBeNull();
  });

  it("is followed when it ends and is started anew", async () => {
    using dir = tempDir();
    const first = await startRunningEngine({ dataDir: dir.path });
    const { shown } = await open(dir.path);
    await using _shown = shown;
    const statuses: ConnectionStatus[] = [];
    shown.connection.onStatus((status) => statuses.push(status));

    await first[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ kind: "disconnected" }));
    expect(shown.isGone()).toBe(true);
    await expect(shown.client.call("app.snapshot", {})).rejects.toMatchObject({ code: "host.disconnected" });
    await using second = await startRunningEngine({ dataDir: dir.path });

    await vi.waitFor(() => expect(statuses.at(-1)).toMatchObject({ kind: "connected", resumed: false }), 10_000);
    expect(shown.isGone()).toBe(false);
    expect((await shown.client.call("app.snapshot", {})).listener.url).toBe(second.engine.listenerUrl);
  });

  it("is the one that has the folder and comes up a moment later", async () => {
    using dir = tempDir();
    // Has the folder, and no record yet.
    await using starting = await startEngine({ dataDir: dir.path, connect: false });
    const opening = open(dir.path);

    await using _control = await startControlEndpoint(starting.engine, { port: 0, log: starting.log });

    const { shown, isOwn } = await opening;
    await using _shown = shown;
    expect(isOwn).toBe(false);
  });

  it("is our own where the other one is on its way down", async () => {
    using dir = tempDir();
    const ending = await startEngine({ dataDir: dir.path, connect: false });
    const opening = open(dir.path);

    await ending[Symbol.asyncDispose]();

    const { shown, isOwn } = await opening;
    await using _shown = shown;
    expect(isOwn).toBe(true);
  });

  it("is our own where the other one ends between being found and being listened to", async () => {
    using dir = tempDir();
    const running = await startRunningEngine({ dataDir: dir.path });
    await using door = await startFrontDoor((await findRunning(dir.path))?.record.url ?? "");
    await leadThrough(door, dir.path);
    const opening = open(dir.path);
    await vi.waitFor(() => expect(door.asked).toContain("GET /api/events"));

    await running[Symbol.asyncDispose]();

    const { shown, isOwn } = await opening;
    await using _shown = shown;
    expect(isOwn).toBe(true);
    expect(await shown.connection.invoke("app.snapshot", {})).toMatchObject({ ok: true });
  });

  it.each<[string, (reply: Reply) => unknown]>([
    ["says so", (reply) => withVersion(reply, "0.0.1")],
    ["answers otherwise than ours", (reply) => ({ ...reply, result: { versions: 7 } })],
  ])("is none of another version: one that %s is named, with what to do", async (_how, change) => {
    using dir = tempDir();
    await using _running = await startRunningEngine({ dataDir: dir.path });
    await using door = await startFrontDoor((await findRunning(dir.path))?.record.url ?? "", (reply) =>
      change(reply as Reply),
    );
    await leadThrough(door, dir.path);

    await expect(open(dir.path)).rejects.toMatchObject({
      code: "store.locked",
      message: `The inspector that runs on ${dir.path} already, as process ${process.pid}, is of another version than this one. Stop it, or choose another folder with --data-dir.`,
    });
  });

  it("refuses a flag that would have to change the one that runs", async () => {
    using dir = tempDir();
    await using _running = await startRunningEngine({ dataDir: dir.path, flags: { tunnel: "none" } });

    await expect(open(dir.path, { tunnel: "localtunnel" })).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringContaining("--tunnel counts at its start only"),
    });
    const { shown } = await open(dir.path, { tunnel: "none" });
    await shown[Symbol.asyncDispose]();
  });
});

interface Reply {
  readonly result: { readonly versions?: object };
}

function withVersion(reply: Reply, app: string): unknown {
  if (reply.result.versions === undefined) return reply;
  return { ...reply, result: { ...reply.result, versions: { ...reply.result.versions, app } } };
}
