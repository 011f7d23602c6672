import { describe, expect, it, vi } from "vitest";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { type Receiver, startReceiver } from "../../helpers/receiver.ts";
import { BASIC, startTestSimulator, type TestSimulator } from "./start-test-simulator.ts";

interface Event {
  readonly type: string;
  readonly [field: string]: unknown;
}

const eventsOf = ({ requests }: Receiver): Event[] => requests.map(({ body }) => JSON.parse(body.toString()));

async function subscribe(simulator: TestSimulator, receiver: Receiver): Promise<void> {
  await simulator.call("POST", "/webhooks", { url: receiver.url, events: EVENT_TYPES });
}

async function createVideo(simulator: TestSimulator, options: object = {}): Promise<string> {
  return String((await simulator.call("POST", "/videos", { title: "clip", ...options })).json["videoId"]);
}

async function upload(simulator: TestSimulator, videoId: string, bytes: number, range?: string) {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(bytes)]), "clip.mp4");
  const response = await fetch(`${simulator.url}/videos/${videoId}/source`, {
    method: "POST",
    headers: { Authorization: BASIC, ...(range && { "Content-Range": range }) },
    body: form,
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

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

  it("takes a source in parts of which the number is told with the last", async () => {
    await using simulator = await startTestSimulator();
    const videoId = await createVideo(simulator);

    await upload(simulator, videoId, 100, "part 2/*");
    await upload(simulator, videoId, 100, "part 1/*");
    const before = await simulator.call("GET", `/videos/${videoId}/status`);
    await upload(simulator, videoId, 50, "part 3/3");
    const after = await simulator.call("GET", `/videos/${videoId}/status`);

    expect(before.json["ingest"]).toMatchObject({ status: "uploading", receivedParts: { parts: [1, 2], total: null } });
    expect(after.json["ingest"]).toMatchObject({ filesize: 250, receivedParts: { parts: [1, 2, 3], total: 3 } });
    expect((await upload(simulator, videoId, 1)).json["title"]).toBe("This video source has already been uploaded.");
  });

  it("takes a source in ranges of bytes, whatever their order", async () => {
    await using simulator = await startTestSimulator();
    const videoId = await createVideo(simulator);

    await upload(simulator, videoId, 60, "bytes 40-99/100");
    const mixed = await upload(simulator, videoId, 10, "part 1/2");
    const whole = await upload(simulator, videoId, 10);
    await upload(simulator, videoId, 40, "bytes 0-39/100");

    expect(mixed.json["title"]).toContain('started with "bytes", you cannot continue it with "part"');
    expect(whole.json["title"]).toContain("already been initiated");
    const status = await simulator.call("GET", `/videos/${videoId}/status`);
    expect(status.json["ingest"]).toMatchObject({ filesize: 100 });
  });

  it.each(["part 0/2", "part 3/2", "bytes 5-1/10", "bytes 0-10/10", "lines 1-2/3", "part 1"])(
    "refuses the Content-Range %j",
    async (range) => {
      await using simulator = await startTestSimulator();

      const refused = await upload(simulator, await createVideo(simulator), 10, range);

      expect(refused).toMatchObject({
        status: 400,
        json: { type: "https://docs.api.video/reference/video-content-range-malformed" },
      });
    },
  );

  it.each([
    ["no multipart", "application/octet-stream", "abc", "attribute-required"],
    ["no boundary", "multipart/form-data; x=y", "abc", "uploaded-file-invalid"],
    [
      "an end too early",
      "multipart/form-data; boundary=b",
      "--b\r\nContent-Disposition: form-data",
      "uploaded-file-invalid",
    ],
    ["no file", "multipart/form-data; boundary=b", "--b--\r\n", "attribute-required"],
  ])("refuses an upload with %s", async (_name, type, body, slug) => {
    await using simulator = await startTestSimulator();
    const videoId = await createVideo(simulator);

    const refused = await simulator.call("POST", `/videos/${videoId}/source`, body, { "Content-Type": type });

    expect(refused.status).toBe(400);
    expect(refused.json["type"]).toBe(`https://docs.api.video/reference/${slug}`);
  });

  it("refuses an empty file and two files", async () => {
    await using simulator = await startTestSimulator();
    const videoId = await createVideo(simulator);
    const part = (name: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.mp4"\r\nContent-Type: video/mp4\r\n\r\nxx\r\n`;
    const headers = { "Content-Type": "multipart/form-data; boundary=b" };

    const two = await simulator.call("POST", `/videos/${videoId}/source`, `${part("a")}${part("b")}--b--\r\n`, headers);

    expect(two.json["title"]).toBe("There are more than one uploaded file in the request.");
    expect((await upload(simulator, videoId, 0)).json["title"]).toBe("The uploaded file is empty.");
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
