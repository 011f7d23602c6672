import { describe, expect, it, vi } from "vitest";
import { startReceiver } from "../../helpers/receiver.ts";
import { eventsOf, subscribe } from "./media.ts";
import { startTestSimulator } from "./start-test-simulator.ts";

describe("live streams of the simulator", () => {
  it("goes live, ends, and encodes the recording, which names its live stream", async () => {
    await using receiver = await startReceiver();
    await using simulator = await startTestSimulator();
    await subscribe(simulator, receiver);

    const created = await simulator.call("POST", "/live-streams", { name: "demo" });
    const liveStreamId = String(created.json["liveStreamId"]);
    await simulator.call("POST", `/simulator/live-streams/${liveStreamId}/start`);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1));
    const live = await simulator.call("GET", `/live-streams/${liveStreamId}`);
    await simulator.call("PUT", `/live-streams/${liveStreamId}/complete`);

    expect(created).toMatchObject({ status: 200, json: { name: "demo", broadcasting: false } });
    expect(live.json["broadcasting"]).toBe(true);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(8));
    const events = eventsOf(receiver);
    const ofType = (type: string) => events.filter((event) => event.type === type);
    expect(ofType("live-stream.broadcast.started")).toMatchObject([{ liveStreamId }]);
    expect(ofType("live-stream.broadcast.ended")).toMatchObject([{ liveStreamId }]);
    const [recorded] = ofType("video.source.recorded");
    const videoId = recorded?.["videoId"];
    expect(recorded).toMatchObject({ liveStreamId, videoId: expect.stringMatching(/^vi/) });
    const encoded = ofType("video.encoding.quality.completed");
    expect(encoded).toEqual(Array.from({ length: 5 }, () => expect.objectContaining({ videoId, liveStreamId })));
    expect(Object.keys(encoded[0] ?? {}).slice(2, 4)).toEqual(["videoId", "liveStreamId"]);
    const recording = await simulator.call("GET", `/videos/${videoId}`);
    expect(recording.json).toMatchObject({ title: "demo", source: { type: "liveStream" } });
  });

  it("ends a broadcast that was stopped before it was live, and can go live again", async () => {
    await using receiver = await startReceiver();
    await using simulator = await startTestSimulator();
    await simulator.call("POST", "/webhooks", {
      url: receiver.url,
      events: ["live-stream.broadcast.started", "live-stream.broadcast.ended"],
    });
    const { json } = await simulator.call("POST", "/live-streams", { name: "demo" });
    const control = (what: string) => simulator.call("POST", `/simulator/live-streams/${json["liveStreamId"]}/${what}`);

    for (const count of [2, 4]) {
      await control("start");
      await control("stop");
      await vi.waitFor(() => expect(receiver.requests).toHaveLength(count));
    }

    expect(eventsOf(receiver).map(({ type }) => type.split(".").pop())).toEqual([
      "started",
      "ended",
      "started",
      "ended",
    ]);
  });

  it("deletes and does not find", async () => {
    await using simulator = await startTestSimulator();
    const { json } = await simulator.call("POST", "/live-streams", { name: "demo" });

    expect((await simulator.call("DELETE", `/live-streams/${json["liveStreamId"]}`)).status).toBe(204);
    expect((await simulator.call("GET", "/live-streams")).json["data"]).toEqual([]);
    expect((await simulator.call("PUT", `/live-streams/${json["liveStreamId"]}/complete`)).json["name"]).toBe(
      "liveStreamId",
    );
  });
});
