import { describe, expect, it } from "vitest";
import type { NewDelivery } from "#core/store/stored-delivery.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { addMany, newDelivery, openTestStore } from "./test-store.ts";

describe("what the store knows for reconciling", () => {
  const encoded = { type: "video.encoding.quality.completed", detail: "hls 720p" };

  it("names the videos that received deliveries of a time are about, whatever lies between them", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    const at = (receivedAt: number, videoId: string, more: Partial<NewDelivery> = {}) =>
      store.append(newDelivery(videoId + receivedAt, { receivedAt, subject: { videoId }, ...more }));
    await at(1_000, "vi-before");
    await at(2_000, "vi-within");
    await at(2_500, "vi-within");
    await at(2_600, "vi-simulated", { source: "simulated" });
    await at(2_700, "vi-cut", { incomplete: "cut" });
    await at(9_000, "vi-after");

    expect(await store.seenVideos(2_000, 3_000)).toEqual(["vi-within"]);
  });

  it("finds what was captured of videos and live streams over more rows than are looked at at a time", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    await store.append(newDelivery("oldest", { ...encoded, subject: { videoId: "vi-asked" } }));
    await addMany(store, 10_500, () => ({ subject: { videoId: "vi-other" } }));
    await store.append(
      newDelivery("s", { type: "live-stream.broadcast.started", subject: { liveStreamId: "li-asked" } }),
    );
    await store.append(newDelivery("c", { ...encoded, subject: { videoId: "vi-asked" }, incomplete: "broken-off" }));
    await store.append(newDelivery("e", { ...encoded, subject: { videoId: "vi-asked" }, source: "edited" }));

    expect(await store.captured(["vi-asked", "vi-unknown"], ["li-asked"])).toEqual([
      { type: "live-stream.broadcast.started", detail: null, videoId: null, liveStreamId: "li-asked" },
      { ...encoded, videoId: "vi-asked", liveStreamId: null },
    ]);
  });

  it("counts what was deleted as captured, and forgets the gaps that are over with everything else", async () => {
    using dir = tempDir();
    await using store = await openTestStore(dir.path);
    const { id } = await store.append(newDelivery("x", { ...encoded, subject: { videoId: "vi1" } }));
    await store.hide([id]);
    expect(await store.captured(["vi1"], [])).toHaveLength(1);
    await store.addGap({ from: 1_000, to: 2_000, cause: "relay", message: "over" });
    const lasting = await store.addGap({ from: 3_000, to: null, cause: "relay", message: "lasts" });

    await store.clear();

    expect(await store.gaps()).toEqual([lasting]);
    expect(await store.endGap("g99", 5_000)).toBeUndefined();
    expect(await store.endGap("nonsense", 5_000)).toBeUndefined();
  });
});
