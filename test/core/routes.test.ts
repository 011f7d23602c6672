import { describe, expect, it, vi } from "vitest";
import type { Client } from "#shared/contract/types.ts";
import type { Target } from "#shared/domain/named-target.ts";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { type Receiver, startReceiver } from "../helpers/receiver.ts";
import { startEngine } from "../helpers/start-engine.ts";

const target = (name: string, { url }: { url: string }, headers: Target["headers"] = []): Target => ({
  name,
  url,
  headers,
});

const LIVE = JSON.stringify({ type: "live-stream.broadcast.started", liveStreamId: "li1" });

/** Resolves when so many attempts are stored, of one delivery. */
async function attemptsOf(client: Client, id: string, count: number) {
  return vi.waitFor(
    async () => {
      const { attempts } = await client.call("deliveries.get", { id });
      expect(attempts).toHaveLength(count);
      return attempts;
    },
    { timeout: 5_000 },
  );
}

const paths = ({ requests }: Receiver) => requests.map(({ url }) => url);

describe("routes", () => {
  it("send by type, subject, path and words, the first that matches decides, and the rest goes to the default target", async () => {
    await using live = await startReceiver();
    await using video = await startReceiver();
    await using shop = await startReceiver();
    await using words = await startReceiver();
    await using rest = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await client.call("settings.update", {
      forwardTo: rest.url,
      targets: [target("live", live), target("video", video), target("shop", shop), target("words", words)],
      routes: [
        { name: "Live", query: "type:live-stream", targets: ["live"] },
        { name: "One video", query: "video:viOne", targets: ["video"] },
        { name: "Shop", query: "path:/shop", targets: ["shop"] },
        { name: "Renditions", query: "quality=240p", targets: ["words"] },
        { name: "Never reached", query: "type:live-stream", targets: ["words"] },
      ],
    });

    await sendDelivery(`${engine.listenerUrl}/1`, { body: LIVE });
    await sendDelivery(`${engine.listenerUrl}/2`, { body: encodingEvent({ videoId: "viOne", quality: "240p" }) });
    await sendDelivery(`${engine.listenerUrl}/shop/3`, { body: encodingEvent() });
    await sendDelivery(`${engine.listenerUrl}/4`, { body: encodingEvent({ quality: "240p" }) });
    await sendDelivery(`${engine.listenerUrl}/5`, { body: encodingEvent() });

    await attemptsOf(client, "d5", 1);
    const [attempt] = await attemptsOf(client, "d4", 1);
    expect(attempt).toMatchObject({ kind: "forward", route: "Renditions", targetName: "words" });
    expect((await attemptsOf(client, "d5", 1))[0]).not.toHaveProperty("route");
    await attemptsOf(client, "d3", 1);
    expect([live, video, shop, words, rest].map(paths)).toEqual([["/1"], ["/2"], ["/shop/3"], ["/4"], ["/5"]]);
    const told = started.events.flatMap(({ name, payload }) => (name === "attempt.updated" ? [payload] : []));
    expect(told.find(({ deliveryId }) => deliveryId === "d1")).toMatchObject({ route: "Live", targetName: "live" });
  });

  it("send to several targets at once, each with its own headers behind the delivery's", async () => {
    await using one = await startReceiver();
    await using two = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await client.call("settings.update", {
      targets: [
        target("one", one, [
          ["X-Stage", "dev"],
          ["X-Stage", "again"],
        ]),
        target("two", two),
      ],
      routes: [{ name: "Both", query: "", targets: ["one", "two", "ONE"] }],
    });

    await sendDelivery(engine.listenerUrl, { headers: { "X-Stage": "own" } });

    const attempts = await attemptsOf(client, "d1", 2);
    expect(attempts.map(({ targetName }) => targetName).sort()).toEqual(["one", "two"]);
    const stages = one.requests[0]?.rawHeaders.filter((_, n, all) => n % 2 === 1 && /x-stage/i.test(all[n - 1] ?? ""));
    expect(stages).toEqual(["own", "dev", "again"]);
    expect(two.requests[0]?.rawHeaders).not.toContain("dev");
    expect(one.requests).toHaveLength(1);
  });

  it("send each delivery to each target once, and a target that hangs holds up no other", async () => {
    await using hung = await startReceiver();
    await using quick = await startReceiver();
    const release = hung.hold();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await client.call("settings.update", {
      targets: [target("hung", hung), target("quick", quick)],
      routes: [{ name: "Both", query: "path:/n", targets: ["hung", "quick"] }],
    });

    for (let n = 1; n <= 60; n++) await sendDelivery(`${engine.listenerUrl}/n${n}`, { body: String(n) });

    await vi.waitFor(() => expect(quick.requests).toHaveLength(60), { timeout: 10_000 });
    // At once on their way: as many as one target is given at a time.
    expect(hung.requests).toHaveLength(50);
    release();
    await vi.waitFor(() => expect(hung.requests).toHaveLength(60), { timeout: 10_000 });
    const all = Array.from({ length: 60 }, (_, n) => `/n${n + 1}`);
    for (const { requests } of [quick, hung]) {
      expect(new Set(requests.map(({ url }) => url))).toEqual(new Set(all));
    }
  });

  it("without targets keep what they match from being forwarded", async () => {
    await using rest = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await client.call("settings.update", {
      forwardTo: rest.url,
      routes: [{ name: "Not live", query: "type:live-stream", targets: [] }],
    });

    await sendDelivery(engine.listenerUrl, { body: LIVE });
    await sendDelivery(engine.listenerUrl, {});

    await attemptsOf(client, "d2", 1);
    expect(rest.requests).toHaveLength(1);
    await expect(client.call("replay.send", { id: "d1" })).rejects.toMatchObject({
      code: "replay.no_target",
      message: expect.stringContaining("“Not live” says that it goes nowhere") as string,
    });
  });

  it("that name a target that is gone say so as a problem, send to the others, and mend themselves", async () => {
    await using one = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    const problems = async () => (await client.call("app.snapshot", {})).problems.map(({ id }) => id);
    await client.call("settings.update", {
      targets: [target("one", one)],
      routes: [{ name: "Both", query: "", targets: ["gone", "one"] }],
    });
    expect(await problems()).toEqual(["routes"]);

    await sendDelivery(engine.listenerUrl, {});
    await attemptsOf(client, "d1", 1);
    const replayed = await client.call("replay.send", { id: "d1" });

    expect(replayed).toMatchObject({ kind: "replay", route: "Both", targetName: "one" });
    await client.call("settings.update", { targets: [target("one", one), target("Gone", one)] });
    expect(await problems()).toEqual([]);
  });

  it("are followed by a replay as by a forward; it can also name a target", async () => {
    await using one = await startReceiver();
    await using two = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await sendDelivery(engine.listenerUrl, {});
    await client.call("settings.update", {
      targets: [target("One", one), target("two", two, [["X-Stage", "dev"]])],
      routes: [{ name: "Both", query: "", targets: ["two", "One"] }],
    });

    const byRoute = await client.call("replay.send", { id: "d1" });
    const byName = await client.call("replay.send", { id: "d1", target: "one" });
    const byUrl = await client.call("replay.send", { id: "d1", target: two.url });

    expect(byRoute).toMatchObject({ route: "Both", targetName: "two", outcome: { status: 200 } });
    expect(byName).toMatchObject({ targetName: "One" });
    expect(byName).not.toHaveProperty("route");
    expect(byUrl).not.toHaveProperty("targetName");
    expect([one.requests.length, two.requests.length]).toEqual([2, 2]);
    expect(two.requests.map(({ rawHeaders }) => rawHeaders.includes("dev"))).toEqual([true, false]);
    await expect(client.call("replay.send", { id: "d1", target: "nobody" })).rejects.toMatchObject({
      code: "input.invalid",
    });
  });

  it("never lead where nothing may be sent: that is a problem, and the other targets get theirs", async () => {
    await using one = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client, engine } = started;
    await client.call("settings.update", {
      targets: [target("far", { url: "http://192.0.2.1/" }), target("one", one)],
      routes: [{ name: "Both", query: "", targets: ["far", "one"] }],
    });

    await sendDelivery(engine.listenerUrl, {});

    await attemptsOf(client, "d1", 1);
    await vi.waitFor(async () => {
      const { problems, forwarding } = await client.call("app.snapshot", {});
      expect(problems.map(({ id }) => id)).toEqual(["forward"]);
      expect(forwarding).toMatchObject({ routes: 1, trouble: expect.stringContaining("192.0.2.1") as string });
    });
    await client.call("settings.update", { routes: [] });
    expect((await client.call("app.snapshot", {})).problems).toEqual([]);
  });

  it("belong to the profile in use", async () => {
    await using started = await startEngine({ connect: false });
    const { client } = started;
    const { id } = await client.call("profiles.save", { name: "Other" });
    await client.call("settings.update", { routes: [{ name: "All", query: "", targets: [] }], answerMode: "relay" });

    const { settings } = await client.call("profiles.use", { id });

    expect(settings.values).toMatchObject({ routes: [], answerMode: "accept" });
    await client.call("profiles.use", { id: "default" });
    expect((await client.call("app.snapshot", {})).forwarding.routes).toBe(1);
  });
});
