import { describe, expect, it } from "vitest";
import { AppError } from "#shared/errors.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { startRawTarget } from "./raw-target.ts";
import { replayerFixture } from "./replayer-fixture.ts";
import { answerOf } from "./send.ts";

describe("a replay", () => {
  it("is stored and told with the target's answer", async () => {
    await using receiver = await startReceiver();
    receiver.status = 500;
    await using fixture = replayerFixture({ d1: { path: "/hook?x=1" } });

    const attempt = await fixture.replayer.replay("d1", receiver.url);

    expect(attempt).toMatchObject({ deliveryId: "d1", kind: "replay", target: `${receiver.url}/hook?x=1` });
    expect(answerOf(attempt)).toMatchObject({ status: 500, bodyBytes: 8 });
    expect(fixture.recorded).toEqual([attempt]);
    expect(fixture.told).toEqual([attempt]);
  });

  it("goes to the default target unless another one is named", async () => {
    await using usual = await startRawTarget();
    await using named = await startRawTarget();
    await using fixture = replayerFixture({ d1: {} }, { defaultTarget: () => usual.url });

    await fixture.replayer.replay("d1");
    await fixture.replayer.replay("d1", String(named.port));

    expect([usual.connections(), named.connections()]).toEqual([1, 1]);
    expect(fixture.recorded.map(({ target }) => target)).toEqual([`${usual.url}/`, `http://localhost:${named.port}/`]);
  });

  it.each([
    ["replay.no_target", undefined, "d1"],
    ["input.invalid", "ftp://localhost", "d1"],
    ["input.invalid", "http://user:secret@localhost", "d1"],
    ["input.invalid", "not a target", "d1"],
    ["replay.target_refused", "http://192.0.2.1", "d1"],
    ["delivery.not_found", "http://localhost:1", "d2"],
  ])("that cannot be made throws %s and leaves no attempt", async (code, target, id) => {
    await using fixture = replayerFixture({ d1: {} });

    await expect(fixture.replayer.replay(id, target)).rejects.toMatchObject({ code });

    expect([fixture.recorded, fixture.told, fixture.problems]).toEqual([[], [], []]);
  });

  it.each(["127.0.0.1", "localhost", "[::1]", "127.0.0.9", "[::ffff:127.0.0.1]"])(
    "never goes to where the app itself receives: %s",
    async (host) => {
      await using listener = await startRawTarget();
      await using fixture = replayerFixture({ d1: {} }, { ownPorts: () => [listener.port] });

      const replaying = fixture.replayer.replay("d1", `http://${host}:${listener.port}/hook`);

      await expect(replaying).rejects.toMatchObject({ code: "replay.target_refused" });
      expect(listener.connections()).toBe(0);
    },
  );

  it.each([
    ["0.0.0.0", []],
    ["[::]", []],
    ["dev.test", ["192.0.2.1", "127.0.0.1"]],
  ])("never goes there by an allowed host that may lead there either: %s", async (host, addresses) => {
    await using fixture = replayerFixture(
      { d1: {} },
      { ownPorts: () => [3000], allowedTargets: () => [host], lookup: async () => addresses },
    );

    const replaying = fixture.replayer.replay("d1", `http://${host}:3000/hook`);

    await expect(replaying).rejects.toMatchObject({ code: "replay.target_refused" });
  });

  it("takes the listener's port for its own also where the target leaves it out", async () => {
    await using fixture = replayerFixture({ d1: {} }, { ownPorts: () => [443] });

    const replaying = fixture.replayer.replay("d1", "https://localhost/hook");

    await expect(replaying).rejects.toMatchObject({ code: "replay.target_refused" });
  });
});

describe("a forward", () => {
  it("is stored as such", async () => {
    await using target = await startRawTarget();
    await using fixture = replayerFixture({ d1: {} }, { defaultTarget: () => target.url });

    await fixture.replayer.forward("d1");

    expect(fixture.recorded).toMatchObject([{ deliveryId: "d1", kind: "forward", outcome: { status: 204 } }]);
    expect(fixture.told).toEqual(fixture.recorded);
  });

  it("is told to nobody where its delivery was erased on the way, and the next one goes out", async () => {
    await using target = await startRawTarget();
    const record = () => Promise.reject(new AppError("delivery.not_found", "Delivery d1 is gone."));
    await using fixture = replayerFixture({ d1: {} }, { defaultTarget: () => target.url, record });

    await fixture.replayer.forward("d1");
    await fixture.replayer.forward("d1");

    expect(target.connections()).toBe(2);
    expect(fixture.told).toEqual([]);
    expect(fixture.problems).not.toContain("delivery.not_found");
    await expect(fixture.replayer.replay("d1")).rejects.toMatchObject({ code: "delivery.not_found" });
  });

  it("is nothing where there is no target, or the delivery is gone", async () => {
    await using target = await startRawTarget();
    let defaultTarget: string | null = null;
    await using fixture = replayerFixture({ d1: {} }, { defaultTarget: () => defaultTarget });

    await fixture.replayer.forward("d1");
    defaultTarget = target.url;
    await fixture.replayer.forward("d2");

    expect([fixture.recorded, fixture.problems, fixture.log.lines]).toEqual([[], [], []]);
    expect(target.connections()).toBe(0);
  });

  it("to a target that is refused raises one problem, which goes when the target is no longer refused", async () => {
    await using target = await startRawTarget();
    let defaultTarget = "http://192.0.2.1";
    await using fixture = replayerFixture({ d1: {} }, { defaultTarget: () => defaultTarget });

    await fixture.replayer.forward("d1");
    await fixture.replayer.forward("d1");
    expect(fixture.problems).toEqual(["replay.target_refused"]);
    defaultTarget = target.url;
    await fixture.replayer.forward("d1");

    expect(fixture.problems).toEqual(["replay.target_refused", null]);
    expect(fixture.recorded).toHaveLength(1);
  });

  it("that could not be stored is logged, and the next one goes on", async () => {
    await using target = await startRawTarget();
    await using fixture = replayerFixture(
      { d1: {} },
      { defaultTarget: () => target.url, record: () => Promise.reject(new Error("disk full")) },
    );

    await fixture.replayer.forward("d1");
    await fixture.replayer.forward("d1");

    expect(fixture.log.lines).toHaveLength(2);
    expect(fixture.log.lines[0]).toContain("error forward.failed Error: disk full");
    expect(target.connections()).toBe(2);
  });

  it("to a server that is not there is an attempt, not a problem", async () => {
    const target = await startRawTarget();
    await target[Symbol.asyncDispose]();
    await using fixture = replayerFixture({ d1: {} }, { defaultTarget: () => target.url });

    await fixture.replayer.forward("d1");

    expect(fixture.recorded).toMatchObject([{ kind: "forward", outcome: { reason: "refused" } }]);
    expect([fixture.problems, fixture.log.lines]).toEqual([[], []]);
  });
});
