import { describe, expect, it, vi } from "vitest";
import { startReceiver } from "../../helpers/receiver.ts";
import { createVideo, eventsOf, subscribe, upload } from "./media.ts";
import { startTestSimulator } from "./start-test-simulator.ts";

describe("videos of the simulator", () => {
  it("are listed in the order asked for, which must be one of the documented ones", async () => {
    await using simulator = await startTestSimulator();
    for (const title of ["b", "c", "a"]) await createVideo(simulator, { title });
    const list = async (search: string) => {
      const { status, json } = await simulator.call("GET", `/videos${search}`);
      return status === 200 ? (json["data"] as { title: string }[]).map(({ title }) => title).join("") : json["name"];
    };

    expect(await list("")).toBe("acb");
    expect(await list("?sortBy=title")).toBe("abc");
    expect(await list("?sortBy=title&sortOrder=desc&pageSize=2")).toBe("cb");
    expect(await list("?sortBy=size")).toBe("sortBy");
    expect(await list("?sortBy=title&sortOrder=up")).toBe("sortOrder");
  });

  it("emits an event for each rendition of an uploaded clip: the hls ladder and one mp4", async () => {
    await using receiver = await startReceiver();
    await using simulator = await startTestSimulator();
    await subscribe(simulator, receiver);
    const videoId = await createVideo(simulator);

    const uploaded = await upload(simulator, videoId, 50_000);

    expect(uploaded).toMatchObject({ status: 201, json: { videoId, title: "clip" } });
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(5));
    const renditions = eventsOf(receiver).map(({ encoding, quality }) => `${encoding} ${quality}`);
    expect(renditions.sort()).toEqual(["hls 240p", "hls 360p", "hls 480p", "hls 720p", "mp4 720p"]);
    expect(receiver.requests[0]?.body.toString()).toMatch(
      /^\{"type":"video\.encoding\.quality\.completed","emittedAt":"[^"]+Z","videoId":"vi\w{22}","encoding":"\w+","quality":"\d+p"\}$/,
    );
    expect((await simulator.call("GET", `/videos/${videoId}/status`)).json).toMatchObject({
      ingest: { status: "ingested", filesize: 50_000 },
      encoding: { playable: true, qualities: Array.from({ length: 5 }, () => ({ status: "encoded" })) },
    });
  });

  it("says how far a video is before anything has come, and while it is being encoded", async () => {
    await using simulator = await startTestSimulator({ pace: 1 });
    const videoId = await createVideo(simulator);
    const status = async () => (await simulator.call("GET", `/videos/${videoId}/status`)).json;

    expect(await status()).toMatchObject({ ingest: { status: "uploading" }, encoding: { playable: false } });
    await upload(simulator, videoId, 10);
    expect(await status()).toMatchObject({ ingest: { status: "uploaded" }, encoding: { qualities: [] } });
  });

  it("leaves out the mp4 where it is not wanted, and adds captions and summary where they are", async () => {
    await using receiver = await startReceiver();
    await using simulator = await startTestSimulator();
    await subscribe(simulator, receiver);
    const videoId = await createVideo(simulator, {
      mp4Support: false,
      transcript: true,
      transcriptSummary: true,
      language: "fr",
    });

    await upload(simulator, videoId, 1000);

    await vi.waitFor(() => expect(receiver.requests).toHaveLength(6));
    const events = eventsOf(receiver);
    expect(events.filter(({ encoding }) => encoding === "mp4")).toEqual([]);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "video.caption.generated",
        videoId,
        generationMode: "transcript",
        language: "fr",
      }),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: "video.summary.generated", videoId }));
  });

  it("encodes a source from elsewhere without fetching it", async () => {
    await using elsewhere = await startReceiver();
    await using receiver = await startReceiver();
    await using simulator = await startTestSimulator();
    await subscribe(simulator, receiver);

    const created = await simulator.call("POST", "/videos", { title: "copy", source: `${elsewhere.url}/clip.mp4` });

    expect(created.status).toBe(202);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(5));
    expect(elsewhere.requests).toEqual([]);
    expect((await upload(simulator, String(created.json["videoId"]), 10)).status).toBe(400);
  });

  it("stops the events of a video that was deleted", async () => {
    await using receiver = await startReceiver();
    await using simulator = await startTestSimulator({ pace: 0.1 });
    await subscribe(simulator, receiver);
    const [gone, kept] = [await createVideo(simulator), await createVideo(simulator)];
    await upload(simulator, gone, 10);

    const deleted = await simulator.call("DELETE", `/videos/${gone}`);
    await upload(simulator, kept, 10);

    expect(deleted.status).toBe(204);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(5));
    expect(eventsOf(receiver).map(({ videoId }) => videoId)).toEqual(Array.from({ length: 5 }, () => kept));
    expect((await simulator.call("GET", "/videos")).json["data"]).toMatchObject([{ videoId: kept }]);
  });

  it.each([
    [{}, "attribute-required", "title"],
    [{ title: 5 }, "invalid-attribute", "title"],
    [{ title: "x", mp4Support: "no" }, "invalid-attribute", "mp4Support"],
  ])("refuses the video %j", async (options, slug, name) => {
    await using simulator = await startTestSimulator();

    const refused = await simulator.call("POST", "/videos", options);

    expect(refused.json).toMatchObject({ type: `https://docs.api.video/reference/${slug}`, name, status: 400 });
  });
});
