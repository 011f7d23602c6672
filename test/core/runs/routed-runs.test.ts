import { describe, expect, it, vi } from "vitest";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { type Receiver, startReceiver } from "../../helpers/receiver.ts";
import { resultsOf, run, runIn, startRun } from "../../helpers/runs.ts";
import { type StartedEngine, startEngine } from "../../helpers/start-engine.ts";
import { startGate } from "./gate.ts";

const target = (name: string, { url }: { url: string }, headers: [string, string][] = []) => ({ name, url, headers });

const LIVE = JSON.stringify({ type: "live-stream.broadcast.started", liveStreamId: "li1" });
const idsOf = ({ requests }: Receiver) =>
  requests.map(({ rawHeaders }) => rawHeaders[rawHeaders.indexOf("X-Inspector-Replay-Of") + 1]);

/** d1 and d3 are about a live stream, d2 and d4 about a video. */
async function captureFour({ engine }: StartedEngine): Promise<void> {
  for (const body of [LIVE, encodingEvent({ n: "2" }), LIVE, encodingEvent({ n: "4" })]) {
    await sendDelivery(engine.listenerUrl, { body });
  }
}

async function whereTo(started: StartedEngine, id: string) {
  const results = await resultsOf(started, id);
  return results.map(({ deliveryId, target: to, route, verdict }) => [deliveryId, to, route, verdict]);
}

describe("a run without a target", () => {
  it("sends each delivery where the routes send it, to each target of its route, and the rest to the default one", async () => {
    await using live = await startReceiver();
    await using copy = await startReceiver();
    await using rest = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await captureFour(started);
    await client.call("settings.update", {
      forwardTo: rest.url,
      targets: [target("live", live, [["X-To", "live"]]), target("copy", copy)],
      routes: [{ name: "Streams", query: "type:live-stream", targets: ["live", "copy", "gone"] }],
    });

    const done = await run(started, {});

    expect(done).toMatchObject({ total: 6, leftOut: 0, options: { target: null }, tally: { accepted: 6 } });
    expect(await whereTo(started, done.id)).toEqual([
      ["d1", "live", "Streams", "first"],
      ["d1", "copy", "Streams", "first"],
      ["d2", `${rest.url}/`, undefined, "first"],
      ["d3", "live", "Streams", "first"],
      ["d3", "copy", "Streams", "first"],
      ["d4", `${rest.url}/`, undefined, "first"],
    ]);
    expect([live, copy, rest].map(idsOf)).toEqual([
      ["d1", "d3"],
      ["d1", "d3"],
      ["d2", "d4"],
    ]);
    expect(live.requests[0]?.rawHeaders).toEqual(expect.arrayContaining(["X-To", "live"]));
    const { attempts } = await client.call("deliveries.get", { id: "d1" });
    expect(attempts).toMatchObject([
      { targetName: "live", route: "Streams", runId: done.id },
      { targetName: "copy", route: "Streams", runId: done.id },
    ]);
  });

  it("leaves out what no route sends anywhere, and is not made where that is everything", async () => {
    await using rest = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await captureFour(started);
    const routes = [{ name: "Quiet", query: "type:live-stream", targets: [] }];
    await client.call("settings.update", { forwardTo: rest.url, routes });

    expect(await run(started, {})).toMatchObject({ total: 2, leftOut: 2 });

    expect(idsOf(rest)).toEqual(["d2", "d4"]);
    await client.call("settings.update", { routes: [{ name: "Quiet", query: "", targets: [] }] });
    await expect(startRun(started, {})).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringContaining("no route sends any of them anywhere"),
    });
  });

  it("has the default target where there are no routes", async () => {
    await using rest = await startReceiver();
    await using started = await startEngine({ connect: false });
    await captureFour(started);
    await started.client.call("settings.update", { forwardTo: rest.url });

    const { options } = await run(started, {});

    expect(new URL(options.target ?? "").origin).toBe(rest.url);
  });

  it("goes on where the routes said when it was made, and says of a target that is gone that nothing was sent", async () => {
    await using gate = await startGate();
    await using other = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await captureFour(started);
    const targets = [target("first", gate), target("second", other)];
    const routes = [
      { name: "Streams", query: "type:live-stream", targets: ["second"] },
      { name: "All", query: "", targets: ["first"] },
    ];
    await client.call("settings.update", { targets, routes });
    const batchId = await startRun(started, { ids: ["d2", "d3", "d4"] });
    await vi.waitFor(() => expect(gate.waiting()).toBe(1));
    await client.call("settings.update", { targets: targets.slice(0, 1), routes: [] });
    gate.open();

    await runIn(started, batchId);

    const results = await resultsOf(started, batchId);
    expect(results.map(({ target: to, outcome, reason }) => [to, outcome, reason])).toEqual([
      ["first", "accepted", null],
      ["second", "unsent", "not-allowed"],
      ["first", "accepted", null],
    ]);
    expect(results[1]?.message).toContain("“second”");
  });

  it("has verdicts by target, against the last attempt there or a run before", async () => {
    await using live = await startReceiver();
    await using copy = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await captureFour(started);
    await client.call("settings.update", {
      targets: [target("live", live), target("copy", copy)],
      routes: [{ name: "All", query: "", targets: ["live", "copy"] }],
    });
    const query = "type:live-stream";
    const first = await run(started, { query });
    copy.status = 500;

    const second = await run(started, { query });
    const third = await run(started, { query, baseline: first.id });

    for (const { id, tally } of [second, third]) {
      expect(tally).toMatchObject({ same: 2, regressed: 2 });
      const verdicts = (await resultsOf(started, id)).map(({ target: to, verdict }) => [to, verdict]);
      expect(verdicts).toEqual([
        ["live", "same"],
        ["copy", "regressed"],
        ["live", "same"],
        ["copy", "regressed"],
      ]);
    }
    const compared = await client.call("runs.compare", { before: first.id, after: second.id });
    expect(compared.tally).toMatchObject({ same: 2, regressed: 2, "only-before": 0, "only-after": 0 });
  });

  it("is compared with another that went by the routes only where both have the target", async () => {
    await using live = await startReceiver();
    await using copy = await startReceiver();
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await captureFour(started);
    const targets = [target("live", live), target("copy", copy)];
    const routeTo = (names: string[]) => ({ targets, routes: [{ name: "All", query: "", targets: names }] });
    await client.call("settings.update", routeTo(["live"]));
    const before = await run(started, {});
    await client.call("settings.update", routeTo(["copy", "live"]));
    const after = await run(started, { baseline: before.id });
    const single = await run(started, { target: copy.url, baseline: before.id });

    expect(after.tally).toMatchObject({ same: 4, first: 4 });
    const compared = await client.call("runs.compare", { before: before.id, after: after.id });
    expect(compared.tally).toMatchObject({ same: 4, "only-after": 4, "only-before": 0 });
    // Whoever names a target wants to know how that server does beside the others.
    expect(single.tally).toMatchObject({ same: 4 });
  });
});
