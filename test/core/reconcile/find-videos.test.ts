import { describe, expect, it } from "vitest";
import { findVideos, type ListedVideo, type ListVideos, LOOK_BACK_MS } from "#core/reconcile/find-videos.ts";

const FROM = Date.parse("2026-07-01T09:00:00Z");
const SPAN = { from: FROM, to: FROM + 60_000 };

/** As api.video writes dates, `seconds` after the beginning of the gap. */
const date = (seconds: number): string => new Date(FROM + seconds * 1_000).toISOString().replace(/\.\d+Z$/, "+00:00");

function video(videoId: string, created: string | null, updated: string | null = created): ListedVideo {
  return { videoId, title: videoId, createdAt: created, updatedAt: updated, liveStreamId: null };
}

/** An account that gives pages of two and says how often it was asked. */
function account(videos: readonly ListedVideo[], isSorting = true) {
  const asked: string[] = [];
  const list: ListVideos = async ({ sortBy, page }) => {
    asked.push(`${sortBy} ${page}`);
    const sorted = isSorting ? videos.toSorted((a, b) => (String(a[sortBy]) < String(b[sortBy]) ? 1 : -1)) : videos;
    return { videos: sorted.slice((page - 1) * 2, page * 2), pagesTotal: Math.ceil(videos.length / 2) };
  };
  return { list, asked };
}

describe("the videos that may have had events in a gap", () => {
  it("are those created in it, shortly before it, or changed in it, its own first", async () => {
    const { list } = account([
      video("after", date(61)),
      video("within", date(30)),
      video("shortly-before", date(-60)),
      video("changed", date(-90_000), date(10)),
      video("long-before", date(-LOOK_BACK_MS / 1_000 - 5)),
    ]);

    const { videos, isComplete } = await findVideos(list, SPAN);

    expect(videos.map(({ videoId }) => videoId)).toEqual(["within", "shortly-before", "changed"]);
    expect(videos[0]?.createdAt).toBe(FROM + 30_000);
    expect(isComplete).toBe(true);
  });

  it("are asked for no further back than the gap needs", async () => {
    const { list, asked } = account(Array.from({ length: 20 }, (_, n) => video(`vi${n}`, date(30 - n * 4_000))));

    await findVideos(list, SPAN);

    expect(asked).toEqual(["createdAt 1", "createdAt 2", "updatedAt 1", "updatedAt 2"]);
  });

  it("are not all found where too many newer ones are before them, and that is said", async () => {
    const { list, asked } = account(Array.from({ length: 40 }, (_, n) => video(`vi${n}`, date(1_000 + n))));

    const { videos, isComplete } = await findVideos(list, SPAN);

    expect({ videos, isComplete, asked: asked.length }).toEqual({ videos: [], isComplete: false, asked: 10 });
  });

  it("are found in any order, and without those whose dates say nothing", async () => {
    const videos = [
      video("old", date(-90_000)),
      video("dateless", null),
      video("odd", "2024-08-151T00:00:00Z"),
      video("within", date(0)),
    ];

    const found = await findVideos(account(videos, false).list, SPAN);

    expect(found.videos.map(({ videoId }) => videoId)).toEqual(["within"]);
  });
});
