import { describe, expect, it, vi } from "vitest";
import { SAMPLE_CLIP } from "#core/sample-clip.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { clientTo, startFakeApi } from "./api-video/fake-api.ts";
import { startTestSimulator } from "./simulator/start-test-simulator.ts";

/** The boxes of an MP4 file, one after the other (ISO/IEC 14496-12): a length of four bytes, and a name of four letters. */
function boxesOf(bytes: Buffer): string[] {
  const names: string[] = [];
  let at = 0;
  for (; at < bytes.length; at += bytes.readUInt32BE(at)) names.push(bytes.toString("latin1", at + 4, at + 8));
  expect(at).toBe(bytes.length);
  return names;
}

it("the clip is a whole MP4 file of H.264 that can be read as it comes", () => {
  const bytes = Buffer.from(SAMPLE_CLIP);

  expect(boxesOf(bytes).filter((name) => name !== "free")).toEqual(["ftyp", "moov", "mdat"]);
  expect(bytes.includes("avc1")).toBe(true);
  expect(bytes.length).toBeLessThan(4_000);
});

describe("clip.upload", () => {
  it("leads to events that come through our webhook, and clip.remove takes the video away", async () => {
    await using simulator = await startTestSimulator();
    await using started = await startEngine({ apiKey: "simulator", flags: { api: simulator.url } });
    const { client } = started;

    const { videoId, environment, bytes } = await client.call("clip.upload", {});
    await vi.waitFor(
      async () => {
        const { items } = await client.call("deliveries.list", { query: `video:${videoId} sig:verified` });
        expect(items.map(({ detail }) => detail)).toContain("hls 240p");
      },
      { timeout: 10_000 },
    );
    const { ingest } = await clientTo(simulator.url).getVideoStatus(videoId);
    await client.call("clip.remove", { videoId });

    expect({ environment, bytes, ingest }).toEqual({
      environment: "custom",
      bytes: SAMPLE_CLIP.length,
      ingest: "ingested",
    });
    await expect(clientTo(simulator.url).getVideo(videoId)).rejects.toMatchObject({ code: "api.not_found" });
  });

  it("wants a key first, then to be told where it may cost something, then a webhook of ours", async () => {
    await using keyless = await startEngine({ connect: false, flags: { api: "production" } });
    await using production = await startEngine({ connect: false, apiKey: "k", flags: { api: "production" } });
    await using custom = await startEngine({ connect: false, apiKey: "k", flags: { api: "https://api.example" } });
    await using idle = await startEngine({ connect: false });

    await expect(keyless.client.call("clip.upload", {})).rejects.toMatchObject({ code: "api.key_missing" });
    for (const { client } of [production, custom]) {
      await expect(client.call("clip.upload", {})).rejects.toThrow("say --yes-production");
    }
    await expect(production.client.call("clip.upload", { allowProduction: true })).rejects.toThrow(
      "No webhook of this inspector is registered with production",
    );
    await expect(idle.client.call("clip.upload", {})).rejects.toThrow("Open a tunnel first");
  });

  it("says that our webhook does not hear of encodings", async () => {
    await using started = await startEngine();
    await started.client.call("settings.update", { events: ["video.caption.generated"] });

    await expect(started.client.call("clip.upload", {})).rejects.toThrow("Add it to the events in Settings");
  });

  it.each([
    [204, /^(?!.*dashboard)/],
    [403, /could not be removed: delete it in the dashboard/],
  ])(
    "tells of a refused upload, and of a video that is left where removing it is answered %s",
    async (status, said) => {
      await using api = await startFakeApi(({ method, path }) => {
        if (path.startsWith("/webhooks") && method === "POST") return { status: 201, body: WEBHOOK };
        if (path.startsWith("/webhooks")) return { body: { data: [], pagination: { pagesTotal: 1 } } };
        if (path === "/videos") return { status: 201, body: { videoId: "vi1" } };
        return method === "DELETE" ? { status } : { status: 400, body: { title: "The uploaded file is invalid." } };
      });
      await using started = await startEngine({ apiKey: "k", flags: { api: api.url } });

      const error = await started.client.call("clip.upload", {}).catch((caught: unknown) => caught);

      expect(error).toMatchObject({ code: expect.stringMatching(/^api\./), message: expect.stringMatching(said) });
      const ofVideos = api.calls
        .filter(({ path }) => path.startsWith("/videos"))
        .map(({ method, path }) => [method, path]);
      expect(ofVideos).toEqual([
        ["POST", "/videos"],
        ["POST", "/videos/vi1/source"],
        ["DELETE", "/videos/vi1"],
      ]);
    },
  );

  it("is the only source of what clip.remove deletes", async () => {
    await using simulator = await startTestSimulator();
    await using started = await startEngine({ apiKey: "simulator", flags: { api: simulator.url } });
    const videoId = await clientTo(simulator.url).createVideo({ title: "Holidays", public: true, tags: [] });

    await expect(started.client.call("clip.remove", { videoId })).rejects.toMatchObject({ code: "api.not_found" });

    expect(await clientTo(simulator.url).getVideo(videoId)).toMatchObject({ title: "Holidays" });
  });
});

const WEBHOOK = {
  webhookId: "webhook_1",
  url: "http://127.0.0.1/",
  events: ["video.encoding.quality.completed"],
  signatureSecret: "sig_sec_1",
};
