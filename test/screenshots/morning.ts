import { expect, type Inspector, skipFirstRun } from "../e2e/fixtures.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import type { Receiver } from "../helpers/receiver.ts";

const RENDITION = "video.encoding.quality.completed";
const VIDEO = "vi4blUQJFrYWbaG44NChkH27";
const LIVE = "li400mYKSgQ6xs7taUeSaEKr";

/** A morning's work, as a list holds it: a video encodes, a live stream runs, a handler has a bug, strangers knock. */
export async function work({ client, listenerUrl }: Inspector, server: Receiver): Promise<void> {
  const trigger = async (type: string, set: Record<string, string>, signature = "valid" as Signature) =>
    (await client.call("simulator.trigger", { type, set, signature })).ids[0] ?? "";
  await skipFirstRun({ client } as Inspector);
  await client.call("settings.update", { forwardTo: `${server.url}/api/webhook` });

  await sendDelivery(listenerUrl, { body: '{"type":"video.uploaded","data":{"videoId":"vi1"}}' });
  await sendDelivery(listenerUrl, { body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) });
  await trigger("live-stream.broadcast.started", { liveStreamId: LIVE });
  await trigger("live-stream.broadcast.ended", { liveStreamId: LIVE });
  await trigger("video.source.recorded", { liveStreamId: LIVE, videoId: VIDEO });
  const answered = (id: string) =>
    expect.poll(async () => (await client.call("deliveries.get", { id })).attempts.length).toBe(1);
  for (const quality of ["240p", "360p"]) {
    await answered(await trigger(RENDITION, { videoId: VIDEO, encoding: "hls", quality }));
  }
  server.status = 500;
  const refused = await trigger(RENDITION, { videoId: VIDEO, encoding: "hls", quality: "480p" });
  await answered(refused);
  server.status = 200;
  await client.call("replay.send", { id: refused });
  await trigger(RENDITION, { videoId: VIDEO, encoding: "hls", quality: "720p" }, "reserialised");
  await trigger(RENDITION, { videoId: VIDEO, encoding: "mp4", quality: "720p" }, "wrong-secret");
  await trigger("video.caption.generated", { videoId: VIDEO, language: "en" });
}

type Signature = "valid" | "wrong-secret" | "missing" | "reserialised";
