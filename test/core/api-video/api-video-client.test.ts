import { describe, expect, it } from "vitest";
import { startTestSimulator } from "../simulator/start-test-simulator.ts";
import { clientTo, startFakeApi } from "./fake-api.ts";

const HOOK = { url: "https://a.example/hook", events: ["video.source.recorded"] };

describe.each(["basic", "bearer"] as const)("the client with %s authentication, at the simulator", (auth) => {
  it("creates, shows, lists and deletes webhooks", async () => {
    await using simulator = await startTestSimulator();
    const client = clientTo(simulator.url, { auth });

    await client.checkKey();
    const created = await client.createWebhook(HOOK);

    expect(created).toMatchObject({ ...HOOK, signatureSecret: expect.stringMatching(/^sig_sec_/) });
    expect(await client.getWebhook(created.webhookId)).toEqual(created);
    expect(await client.listWebhooks()).toEqual([created]);
    await client.deleteWebhook(created.webhookId);
    await expect(client.getWebhook(created.webhookId)).rejects.toMatchObject({ code: "api.not_found" });
    await client.deleteWebhook(created.webhookId);
    expect(await client.listWebhooks()).toEqual([]);
  });

  it("says what to do about a key of the other environment, without the key", async () => {
    await using simulator = await startTestSimulator();
    const client = clientTo(simulator.url, { auth, apiKey: "canary-key", environment: "production" });

    const error = await client.checkKey().catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: "api.unauthorized", retryable: false });
    expect(String(error)).toContain("api.video refuses this key for production. Sandbox and production have different");
    expect(JSON.stringify(error) + String(error)).not.toContain("canary-key");
  });

  it("says that the account has its ten webhooks", async () => {
    await using simulator = await startTestSimulator();
    const client = clientTo(simulator.url, { auth });
    for (let i = 0; i < 10; i++) await client.createWebhook(HOOK);

    await expect(client.createWebhook(HOOK)).rejects.toMatchObject({
      code: "registration.limit",
      message: expect.stringContaining("already has its ten webhooks"),
    });
  });

  it("says how long to wait when it was too often", async () => {
    await using simulator = await startTestSimulator({ rateLimit: { reads: 1, writes: 9, uploads: 9 } });
    const client = clientTo(simulator.url, { auth });
    await client.checkKey();

    const error = await client.checkKey().catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: "api.rate_limited", retryable: true });
    expect(error).toMatchObject({ details: { retryAfterSeconds: 60 }, message: expect.stringContaining("60 s") });
  });
});

describe("the client", () => {
  it("names what the simulator did not accept", async () => {
    await using simulator = await startTestSimulator();

    await expect(clientTo(simulator.url).createWebhook({ ...HOOK, events: ["nope"] })).rejects.toMatchObject({
      code: "api.rejected",
      message: expect.stringContaining("events: This value must be a list"),
    });
  });

  it("tells how far a video is", async () => {
    await using simulator = await startTestSimulator();
    const { json } = await simulator.call("POST", "/videos", { title: "clip" });
    const client = clientTo(simulator.url);

    expect(await client.getVideoStatus(String(json["videoId"]))).toEqual({
      ingest: "uploading",
      isPlayable: false,
      qualities: [],
    });
    await expect(client.getVideoStatus("vinone")).rejects.toMatchObject({ code: "api.not_found" });
  });

  it("makes a video, uploads its source once, and deletes it", async () => {
    await using simulator = await startTestSimulator();
    const client = clientTo(simulator.url);
    const file = { name: "clip.mp4", bytes: new Uint8Array([0, 255, 13, 10]) };

    const videoId = await client.createVideo({ title: "clip", public: false, tags: ["test"] });
    await client.uploadSource(videoId, file);

    const { json } = await simulator.call("GET", `/videos/${videoId}`);
    expect(json).toMatchObject({ title: "clip", public: false, tags: ["test"] });
    expect((await simulator.call("GET", `/videos/${videoId}/status`)).json).toMatchObject({ ingest: { filesize: 4 } });
    await expect(client.uploadSource(videoId, file)).rejects.toMatchObject({
      code: "api.rejected",
      message: expect.stringContaining("already been uploaded"),
    });
    await client.deleteVideo(videoId);
    await client.deleteVideo(videoId);
    await expect(client.getVideo(videoId)).rejects.toMatchObject({ code: "api.not_found" });
  });

  it("lists videos and live streams by page, latest first", async () => {
    await using simulator = await startTestSimulator({ rateLimit: { reads: 100, writes: 100, uploads: 1 } });
    const client = clientTo(simulator.url);
    const ids: unknown[] = [];
    for (let n = 0; n < 52; n++) {
      const { json } = await simulator.call("POST", "/videos", { title: `clip ${n}` });
      ids.unshift(json["videoId"]);
    }
    const { json } = await simulator.call("POST", "/live-streams", { name: "concert" });

    const first = await client.listVideos({ sortBy: "createdAt", page: 1 });
    const second = await client.listVideos({ sortBy: "updatedAt", page: 2 });
    const streams = await client.listLiveStreams(1);

    expect([first.pagesTotal, first.videos.length, second.videos.length]).toEqual([2, 50, 2]);
    expect([...first.videos, ...second.videos].map(({ videoId }) => videoId)).toEqual(ids);
    expect(first.videos[0]).toEqual({
      videoId: expect.stringMatching(/^vi/),
      title: expect.stringMatching(/^clip/),
      createdAt: expect.stringMatching(/\+00:00$/),
      updatedAt: expect.stringMatching(/\+00:00$/),
      liveStreamId: null,
    });
    expect(streams).toEqual({
      pagesTotal: 1,
      liveStreams: [{ liveStreamId: json["liveStreamId"], name: "concert", isBroadcasting: false }],
    });
  });

  it("reads lists of videos and live streams leniently, and concludes nothing from what is not there", async () => {
    await using api = await startFakeApi(({ path }) => ({
      body: path.startsWith("/videos")
        ? {
            data: [
              { videoId: "vi1" },
              {
                videoId: "vi2",
                title: 7,
                createdAt: 8,
                source: { type: "liveStream", liveStream: { liveStreamId: "li1" } },
              },
              { videoId: "vi3", source: { uri: "/videos/vi3/source", liveStream: null } },
              { title: "without an id" },
              null,
            ],
          }
        : [{ liveStreamId: "li1", broadcasting: true }, { liveStreamId: "li2" }, { broadcasting: true }],
    }));
    const client = clientTo(api.url);

    const { videos } = await client.listVideos({ sortBy: "createdAt", page: 1 });
    const { liveStreams } = await client.listLiveStreams(1);

    expect(videos).toEqual([
      { videoId: "vi1", title: "", createdAt: null, updatedAt: null, liveStreamId: null },
      { videoId: "vi2", title: "", createdAt: null, updatedAt: null, liveStreamId: "li1" },
      { videoId: "vi3", title: "", createdAt: null, updatedAt: null, liveStreamId: null },
    ]);
    expect(liveStreams).toEqual([{ liveStreamId: "li1", name: "", isBroadcasting: true }]);
    expect(api.calls.map(({ path }) => path)).toEqual([
      "/videos?sortBy=createdAt&sortOrder=desc&currentPage=1&pageSize=50",
      "/live-streams?sortBy=updatedAt&sortOrder=desc&currentPage=1&pageSize=100",
    ]);
  });

  it("sends the key as the user name with an empty password", async () => {
    await using api = await startFakeApi(() => ({ body: { data: [] } }));

    await clientTo(`${api.url}/v1/`, { apiKey: "my-key" }).checkKey();

    expect(api.calls).toMatchObject([
      {
        method: "GET",
        path: "/v1/webhooks?currentPage=1&pageSize=1",
        headers: { authorization: `Basic ${Buffer.from("my-key:").toString("base64")}` },
      },
    ]);
  });

  it("collects all pages, each webhook once, and ends with a server that never does", async () => {
    const pageOf = (path: string) => Number(new URL(path, "http://x").searchParams.get("currentPage"));
    await using api = await startFakeApi(({ path }) => ({
      body: { data: [{ webhookId: `w${pageOf(path)}` }, { webhookId: "twice" }], pagination: { pagesTotal: 3 } },
    }));
    await using endless = await startFakeApi(() => ({
      body: { data: [{ webhookId: "w" }], pagination: { pagesTotal: 1e9 } },
    }));

    const ids = (await clientTo(api.url).listWebhooks()).map(({ webhookId }) => webhookId);

    expect(ids).toEqual(["w1", "twice", "w2", "w3"]);
    expect(await clientTo(endless.url).listWebhooks()).toHaveLength(1);
    expect(endless.calls.length).toBeLessThan(100);
  });

  it("reads leniently: missing fields, unknown ones, entries that are none", async () => {
    await using api = await startFakeApi(() => ({
      body: {
        data: [null, {}, { webhookId: 5 }, { webhookId: "w1", extra: { a: 1 }, events: "x", createdAt: 1 }],
        pagination: "none",
      },
    }));

    expect(await clientTo(api.url).listWebhooks()).toEqual([
      { webhookId: "w1", url: "", events: [], signatureSecret: null },
    ]);
  });

  it("reads a bare array as the only page", async () => {
    await using api = await startFakeApi(() => ({ body: [{ webhookId: "w1" }, { webhookId: "w\n2" }] }));

    expect((await clientTo(api.url).listWebhooks()).map(({ webhookId }) => webhookId)).toEqual(["w1"]);
  });

  it("asks for the secret where the answer to the creation left it out", async () => {
    await using api = await startFakeApi(({ method }) =>
      method === "POST"
        ? { status: 201, body: { webhookId: "w1", ...HOOK } }
        : { body: { webhookId: "w1", ...HOOK, signatureSecret: "sig_sec_x" } },
    );

    const created = await clientTo(api.url).createWebhook(HOOK);

    expect(created.signatureSecret).toBe("sig_sec_x");
    expect(api.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /webhooks", "GET /webhooks/w1"]);
    expect(JSON.parse(api.calls[0]?.body ?? "")).toEqual(HOOK);
  });

  it("gives the id of a webhook that was created even if its secret cannot be read", async () => {
    await using api = await startFakeApi(({ method }) =>
      method === "POST" ? { status: 201, body: { webhookId: "w1" } } : { status: 500 },
    );

    expect(await clientTo(api.url).createWebhook(HOOK)).toMatchObject({ webhookId: "w1", signatureSecret: null });
  });

  it("does not let an id lead to another path", async () => {
    await using api = await startFakeApi(() => ({ status: 204 }));
    const client = clientTo(api.url);

    await client.deleteWebhook("../videos/vi1?x=#");
    await client.deleteWebhook("..");
    await client.deleteWebhook("");

    expect(api.calls.map(({ path }) => path)).toEqual(["/webhooks/..%2Fvideos%2Fvi1%3Fx%3D%23"]);
  });

  it("can be given up", async () => {
    await using api = await startFakeApi(() => null);
    const stop = new AbortController();
    const listed = clientTo(api.url).listWebhooks(stop.signal);

    stop.abort(new Error("closing"));

    await expect(listed).rejects.toThrow("closing");
    await expect(clientTo(api.url, { auth: "bearer" }).checkKey(stop.signal)).rejects.toThrow("closing");
    expect(api.calls.filter(({ path }) => path.startsWith("/auth"))).toEqual([]);
  });
});
