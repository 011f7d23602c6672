import { describe, expect, it, vi } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { createSender } from "#core/replay/sender.ts";
import { watchTargets } from "#core/replay/target-health.ts";
import type { TargetHealth } from "#shared/domain/target-health.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { startRawTarget } from "./raw-target.ts";

function watched(urls: string[]) {
  const told: (readonly TargetHealth[])[] = [];
  const clock = createClock();
  const health = watchTargets({
    clock,
    log: silentLog(),
    sender: createSender({ clock, allowedTargets: () => [] }),
    urls: () => urls,
    onChange: (healths) => void told.push(healths),
  });
  return { health, told, [Symbol.asyncDispose]: () => health[Symbol.asyncDispose]() };
}

describe("a target's health", () => {
  it("is whether something accepts a connection there; not a byte is sent", async () => {
    const received: Buffer[] = [];
    await using target = await startRawTarget({
      onConnection: (socket) => socket.on("data", (data) => received.push(data)),
    });
    await using gone = await startRawTarget();
    const { url } = gone;
    await gone[Symbol.asyncDispose]();
    await using lab = watched([target.url, url, "http://192.0.2.1/", target.url]);

    const healths = await lab.health.check();

    expect(healths).toMatchObject([
      { url: target.url, state: "up" },
      { url, state: "down", message: expect.stringContaining("Nothing listens on") as string },
      { url: "http://192.0.2.1/", state: "refused", message: expect.stringContaining("not this machine") as string },
    ]);
    expect(received).toEqual([]);
    expect(target.requests).toEqual([]);
  });

  it("is told only when it is another one, and says since when it is so", async () => {
    await using target = await startRawTarget();
    await using lab = watched([target.url]);

    const [first] = await lab.health.check();
    const [second] = await lab.health.check();
    await target[Symbol.asyncDispose]();
    await lab.health.check();

    expect(second?.since).toBe(first?.since);
    expect(lab.told.map((healths) => healths.map(({ state }) => state))).toEqual([["up"], ["down"]]);
  });

  it("is looked at as soon as the target is set, and shown with the state of the app", async () => {
    await using target = await startRawTarget();
    await using started = await startEngine();
    const { client } = started;

    await client.call("settings.update", { targets: [{ name: "one", url: target.url, headers: [] }] });

    await vi.waitFor(async () => {
      expect((await client.call("app.snapshot", {})).targets).toMatchObject([{ url: `${target.url}/`, state: "up" }]);
    });
    expect(started.events.map(({ name }) => name)).toContain("targets.changed");
    await target[Symbol.asyncDispose]();
    expect((await client.call("targets.check", {})).targets).toMatchObject([{ state: "down" }]);
    await client.call("settings.update", { targets: [] });
    expect((await client.call("app.snapshot", {})).targets).toEqual([]);
  });

  it("is no reason not to send", async () => {
    await using target = await startRawTarget();
    await using started = await startEngine({ connect: false, flags: { forwardTo: "http://127.0.0.1:1" } });
    const { client } = started;
    await client.call("targets.check", {});
    await fetch(started.engine.listenerUrl, { method: "POST" });

    const attempt = await client.call("replay.send", { id: "d1" });

    expect(attempt.outcome).toMatchObject({ kind: "unreachable", reason: "refused" });
    expect(target.connections()).toBe(0);
  });
});
