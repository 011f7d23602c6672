import { describe, expect, it, vi } from "vitest";
import type { EndedAttempt } from "#core/replay/replayer.ts";
import type { StoredRequest } from "#core/replay/sender.ts";
import { startRawTarget } from "./raw-target.ts";
import { replayerFixture } from "./replayer-fixture.ts";

const DELIVERY: StoredRequest = { method: "POST", path: "/", headers: [], body: Buffer.from("{}") };

describe("a replayer that is closed", () => {
  it("ends replays and forwards under way, drops those that wait, and leaves no attempt of them", async () => {
    await using target = await startRawTarget({ onRequest() {} });
    await using fixture = replayerFixture({ d1: {} }, { defaultTarget: () => target.url });
    const replaying = fixture.replayer.replay("d1");
    const forwarding = Promise.all(Array.from({ length: 60 }, () => fixture.replayer.forward("d1")));
    await vi.waitFor(() => expect(target.requests).toHaveLength(51), { timeout: 10_000 });
    const ended = expect(replaying).rejects.toMatchObject({ message: "The app is closing." });

    await fixture.replayer[Symbol.asyncDispose]();

    await ended;
    await forwarding;
    expect(target.requests).toHaveLength(51);
    expect([fixture.recorded, fixture.told, fixture.log.lines]).toEqual([[], [], []]);
  });

  it("does not wait for a name server", async () => {
    const lookedUp = vi.fn(() => Promise.withResolvers<string[]>().promise);
    await using fixture = replayerFixture(
      { d1: {} },
      { lookup: lookedUp, defaultTarget: () => "http://dev.test", allowedTargets: () => ["dev.test"] },
    );
    const replaying = fixture.replayer.replay("d1");
    const forwarding = fixture.replayer.forward("d1");
    await vi.waitFor(() => expect(lookedUp).toHaveBeenCalledTimes(2));
    const ended = expect(replaying).rejects.toMatchObject({ message: "The app is closing." });

    await fixture.replayer[Symbol.asyncDispose]();

    await ended;
    await forwarding;
    expect(fixture.recorded).toEqual([]);
  });

  it("waits for a delivery that is being read, and leaves no attempt of it", async () => {
    const loading = Promise.withResolvers<StoredRequest>();
    const load = vi.fn(() => loading.promise);
    // Without an address there is nothing to send that could be ended.
    await using fixture = replayerFixture({}, { load, lookup: async () => [], allowedTargets: () => ["dev.test"] });
    const replaying = fixture.replayer.replay("d1", "http://dev.test");
    await vi.waitFor(() => expect(load).toHaveBeenCalledOnce());
    const ended = expect(replaying).rejects.toMatchObject({ message: "The app is closing." });

    const closing = fixture.replayer[Symbol.asyncDispose]();
    loading.resolve(DELIVERY);
    await closing;

    await ended;
    expect([fixture.recorded, fixture.told]).toEqual([[], []]);
  });

  it("waits until an attempt that has ended is stored", async () => {
    await using target = await startRawTarget();
    const storing = Promise.withResolvers<void>();
    const record = vi.fn(async (ended: EndedAttempt) => {
      await storing.promise;
      return { ...ended, id: "a1", startedAt: "" };
    });
    await using fixture = replayerFixture({ d1: {} }, { record });
    const replaying = fixture.replayer.replay("d1", target.url);
    await vi.waitFor(() => expect(record).toHaveBeenCalledOnce());

    const closing = fixture.replayer[Symbol.asyncDispose]();
    await new Promise(setImmediate);
    storing.resolve();
    await closing;

    expect(fixture.told).toMatchObject([{ id: "a1" }]);
    expect(await replaying).toMatchObject({ id: "a1" });
  });

  it("takes no more replays and forwards", async () => {
    await using target = await startRawTarget();
    const load = vi.fn(async () => DELIVERY);
    await using fixture = replayerFixture({}, { load, defaultTarget: () => target.url });
    await fixture.replayer[Symbol.asyncDispose]();

    await fixture.replayer.forward("d1");
    await expect(fixture.replayer.replay("d1")).rejects.toMatchObject({ message: "The app is closing." });

    expect(load).not.toHaveBeenCalled();
    expect(target.connections()).toBe(0);
  });
});
