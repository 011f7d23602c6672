import { describe, expect, it, vi } from "vitest";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { startEngine } from "../helpers/start-engine.ts";

describe("forwarding", () => {
  it("sends what is whole to the target, byte for byte, and keeps its answer", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false, flags: { forwardTo: receiver.url } });
    const body = Buffer.from([0, 255, 1, 13, 10]);

    await sendDelivery(`${started.engine.listenerUrl}/hook?x=1`, { body });

    await vi.waitFor(async () => {
      const [delivery] = (await started.client.call("deliveries.list", {})).items;
      expect(delivery?.lastAttempt).toMatchObject({ status: 200, verdict: "accepted" });
    });
    expect(receiver.requests[0]?.body.equals(body)).toBe(true);
    expect(receiver.requests[0]?.url).toBe("/hook?x=1");
  });

  it("says once that nobody answers at the target, until another is set", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    const forwarding = async () => (await started.client.call("app.snapshot", {})).forwarding;
    await started.client.call("settings.update", { forwardTo: "http://127.0.0.1:1" });

    for (let n = 0; n < 3; n++) await sendDelivery(started.engine.listenerUrl, {});
    await vi.waitFor(
      async () => {
        expect((await forwarding()).trouble).toContain("Nothing listens on 127.0.0.1:1");
        expect((await started.client.call("deliveries.list", {})).items.every(({ lastAttempt }) => lastAttempt)).toBe(
          true,
        );
      },
      { timeout: 10_000 },
    );
    // One for the setting, one for the trouble.
    expect(started.events.filter(({ name }) => name === "forwarding.changed")).toHaveLength(2);
    await started.client.call("settings.update", { forwardTo: receiver.url });

    expect((await forwarding()).trouble).toBeUndefined();
  });

  it("says that nothing listens at a target before anything is forwarded, where forwards go to it", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client } = started;
    const trouble = async () => (await client.call("app.snapshot", {})).forwarding.trouble;
    const targets = [
      { name: "up", url: receiver.url, headers: [] },
      { name: "down", url: "http://127.0.0.1:1", headers: [] },
    ];
    const routes = (name: string) => [{ name: "All", query: "", targets: [name] }];
    await client.call("settings.update", { targets, routes: routes("up") });
    await client.call("targets.check", {});
    expect(await trouble()).toBeUndefined();

    await client.call("settings.update", { routes: routes("down") });
    await client.call("targets.check", {});

    expect(await trouble()).toContain("Nothing listens on 127.0.0.1:1");
    await client.call("settings.update", { routes: routes("up") });
    await client.call("targets.check", {});
    expect(await trouble()).toBeUndefined();
  });

  it("never sends a delivery back to the listener, but says so as a problem", async () => {
    await using started = await startEngine({ connect: false });
    await started.client.call("settings.update", { forwardTo: started.engine.listenerUrl });

    await sendDelivery(started.engine.listenerUrl, {});

    await vi.waitFor(async () => {
      const { problems } = await started.client.call("app.snapshot", {});
      expect(problems.map(({ id }) => id)).toEqual(["forward"]);
    });
    // The chain says so as well, instead of calling it well.
    expect((await started.client.call("app.snapshot", {})).forwarding.trouble).toBeTruthy();
    expect((await started.client.call("app.snapshot", {})).counts.total).toBe(1);
  });

  it("refuses a replay to another host until that host is allowed by name", async () => {
    await using started = await startEngine({ connect: false });
    await sendDelivery(started.engine.listenerUrl, {});

    for (const target of ["http://192.0.2.1/", "http://169.254.169.254/latest", "http://[::ffff:169.254.169.254]/"]) {
      await expect(started.client.call("replay.send", { id: "d1", target })).rejects.toMatchObject({
        code: "replay.target_refused",
      });
    }
  });

  it("neither judges nor sends on a delivery of which only a part arrived", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false, flags: { forwardTo: receiver.url } });
    await sendDelivery(started.engine.listenerUrl, { secret: "s", body: Buffer.alloc(11 * 1024 * 1024, 65) });

    const delivery = await started.client.call("deliveries.get", { id: "d1" });

    expect(delivery).toMatchObject({ incomplete: "cut", verification: { state: "unchecked" } });
    expect(delivery.diagnosis).toMatchObject({ state: "unchecked", title: "The signature cannot be checked." });
    await expect(started.client.call("replay.send", { id: "d1" })).rejects.toMatchObject({ code: "input.invalid" });
    expect(receiver.requests).toEqual([]);
  });

  it("answers a replay without any target with what to do", async () => {
    await using started = await startEngine({ connect: false });
    await sendDelivery(started.engine.listenerUrl, {});

    await expect(started.client.call("replay.send", { id: "d1" })).rejects.toMatchObject({ code: "replay.no_target" });
  });

  it("shows a server that is not there as an outcome, not an error", async () => {
    const receiver = await startReceiver();
    const { url } = receiver;
    await receiver[Symbol.asyncDispose]();
    await using started = await startEngine({ connect: false });
    await sendDelivery(started.engine.listenerUrl, {});

    const attempt = await started.client.call("replay.send", { id: "d1", target: url });

    expect(attempt).toMatchObject({ kind: "replay", outcome: { kind: "unreachable", reason: "refused" } });
  });
});
