import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import ApiVideoClient from "@api.video/nodejs-client";
import { describe, expect, it, vi } from "vitest";
import { startReceiver } from "../../helpers/receiver.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { startTestSimulator } from "./start-test-simulator.ts";

const MIN_CHUNK_BYTES = 5 * 1024 * 1024;

describe("api.video's own client, at the simulator", () => {
  it("creates, shows, lists and deletes webhooks, and understands its refusals", async () => {
    await using simulator = await startTestSimulator();
    const client = new ApiVideoClient({ apiKey: "simulator", baseUri: simulator.url });

    const created = await client.webhooks.create({ url: "https://a.example/hook", events: ["video.source.recorded"] });
    const webhookId = created.webhookId ?? "";

    expect(created.createdAt).toBeInstanceOf(Date);
    expect(await client.webhooks.get(webhookId)).toEqual(created);
    expect((await client.webhooks.list({ events: "video.source.recorded" })).data).toEqual([created]);
    expect((await client.webhooks.list({ events: "video.caption.generated" })).data).toEqual([]);
    await client.webhooks.delete(webhookId);
    await expect(client.webhooks.get(webhookId)).rejects.toMatchObject({
      code: 404,
      message: "The requested resource could not be found.",
    });
    const stranger = new ApiVideoClient({ apiKey: "other", baseUri: simulator.url });
    await expect(stranger.webhooks.list()).rejects.toMatchObject({ code: 401 });
    expect(await client.getAccessToken()).toMatchObject({ tokenType: "Bearer", expiresIn: 3600 });
  });

  it("uploads a clip, and what it subscribed to arrives signed", async () => {
    using dir = tempDir();
    const clip = join(dir.path, "clip.mp4");
    writeFileSync(clip, Buffer.alloc(20_000, 7));
    await using receiver = await startReceiver();
    await using simulator = await startTestSimulator();
    const client = new ApiVideoClient({ apiKey: "simulator", baseUri: simulator.url });
    const webhook = await client.webhooks.create({ url: receiver.url, events: ["video.encoding.quality.completed"] });

    const { videoId } = await client.videos.create({ title: "clip", mp4Support: false, tags: ["webhook-inspector"] });
    const uploaded = await client.videos.upload(videoId, clip);

    expect(uploaded).toMatchObject({ videoId, tags: ["webhook-inspector"] });
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(4));
    for (const { body, rawHeaders } of receiver.requests) {
      const signature = createHmac("sha256", webhook.signatureSecret ?? "")
        .update(body)
        .digest("hex");
      expect(rawHeaders).toContain(signature);
      expect(JSON.parse(body.toString())).toMatchObject({ videoId });
    }
    const status = await client.videos.getStatus(videoId);
    expect(status.ingest).toMatchObject({ status: "ingested", filesize: 20_000 });
    expect(status.encoding).toMatchObject({ playable: true });
    await client.videos.delete(videoId);
    expect((await client.videos.list()).data).toEqual([]);
  });

  it("uploads in chunks, and in parts of which the number is not known", async () => {
    using dir = tempDir();
    const big = join(dir.path, "big.mp4");
    const small = join(dir.path, "small.mp4");
    writeFileSync(big, Buffer.alloc(MIN_CHUNK_BYTES + 1000, 7));
    writeFileSync(small, Buffer.alloc(1000, 7));
    await using simulator = await startTestSimulator();
    const client = new ApiVideoClient({
      apiKey: "simulator",
      baseUri: simulator.url,
      chunkSize: MIN_CHUNK_BYTES,
    });
    const chunked = await client.videos.create({ title: "chunked" });
    const progressive = await client.videos.create({ title: "progressive" });

    await client.videos.upload(chunked.videoId, big);
    const session = client.videos.createUploadProgressiveSession(progressive.videoId);
    await session.uploadPart(small);
    await session.uploadLastPart(small);

    expect((await client.videos.getStatus(chunked.videoId)).ingest).toMatchObject({
      filesize: MIN_CHUNK_BYTES + 1000,
      receivedParts: { parts: [1, 2], total: 2 },
    });
    expect((await client.videos.getStatus(progressive.videoId)).ingest).toMatchObject({ filesize: 2000 });
  });

  it("works with live streams", async () => {
    await using simulator = await startTestSimulator();
    const client = new ApiVideoClient({ apiKey: "simulator", baseUri: simulator.url });

    const { liveStreamId } = await client.liveStreams.create({ name: "demo" });
    await client.liveStreams.complete(liveStreamId);

    expect((await client.liveStreams.list()).data).toMatchObject([{ liveStreamId, broadcasting: false }]);
    await client.liveStreams.delete(liveStreamId);
    await expect(client.liveStreams.get(liveStreamId)).rejects.toMatchObject({ code: 404 });
  });
});
