import { describe, expect, it } from "vitest";
import { type ReconcileApi, type ReconcileDeps, reconcile } from "#core/reconcile/reconcile.ts";
import { AppError } from "#shared/errors.ts";

const FROM = Date.parse("2026-07-01T09:00:00Z");
const SPAN = { from: FROM, to: FROM + 60_000 };

/** An account with `count` videos of the gap, each with one rendition, of which nothing was captured. */
function deps(count: number, changes: Partial<ReconcileApi> = {}): ReconcileDeps & { readonly progress: number[] } {
  const progress: number[] = [];
  const videos = Array.from({ length: count }, (_, n) => ({
    videoId: `vi${n}`,
    title: "clip",
    createdAt: new Date(FROM + n).toISOString(),
    updatedAt: null,
    liveStreamId: null,
  }));
  return {
    progress,
    api: {
      listVideos: async () => ({ videos, pagesTotal: 1 }),
      getVideoStatus: async () => ({ qualities: [{ type: "hls", quality: "240p", status: "encoded" }] }),
      listLiveStreams: async () => ({ liveStreams: [], pagesTotal: 1 }),
      ...changes,
    },
    seenVideos: async () => [],
    captured: async () => [],
    onProgress: ({ checkedVideos }) => progress.push(checkedVideos),
  };
}

const never = new AbortController().signal;

describe("reconciling", () => {
  it("asks of fifty videos at most, and says so", async () => {
    const asked = deps(53);

    const found = await reconcile(asked, SPAN, never);

    expect(found).toMatchObject({ checkedVideos: 50, isComplete: false });
    expect(found.missed).toHaveLength(50);
    expect(found.notes).toEqual(["Only 50 of 53 videos were checked. Ask for a shorter time."]);
    expect(asked.progress.at(-1)).toBe(50);
  });

  it("answers in part, in api.video's words, where that asks to slow down", async () => {
    let calls = 0;
    const found = await reconcile(
      deps(5, {
        async getVideoStatus() {
          calls += 1;
          if (calls > 2) throw new AppError("api.rate_limited", "api.video asks to slow down. Try again in 7 s.");
          return { qualities: [{ type: "hls", quality: "240p", status: "encoded" }] };
        },
      }),
      SPAN,
      never,
    );

    expect(found).toMatchObject({ checkedVideos: 2, isComplete: false });
    expect(found.missed).toHaveLength(2);
    expect(found.notes).toEqual(["Not checked: 3 of 5 videos. api.video asks to slow down. Try again in 7 s."]);
    expect(calls).toBe(3);
  });

  it("answers with what it has when it is stopped", async () => {
    const stop = new AbortController();
    const found = await reconcile(
      deps(3, {
        async getVideoStatus() {
          stop.abort();
          throw stop.signal.reason;
        },
        async listLiveStreams(_page, signal) {
          signal?.throwIfAborted();
          return { liveStreams: [], pagesTotal: 1 };
        },
      }),
      SPAN,
      stop.signal,
    );

    expect(found).toMatchObject({ checkedVideos: 0, missed: [], isComplete: false });
    expect(found.notes.join(" ")).toContain("Not checked: 3 of 3 videos. It was stopped.");
  });

  it("passes over videos that are deleted meanwhile", async () => {
    const found = await reconcile(
      deps(2, {
        async getVideoStatus(videoId) {
          if (videoId === "vi0") throw new AppError("api.not_found", "api.video does not know it.");
          return { qualities: [] };
        },
      }),
      SPAN,
      never,
    );

    expect(found).toMatchObject({ checkedVideos: 1, isComplete: true, notes: [] });
  });

  it("asks of the videos that deliveries around the gap are about, and of those still being encoded says so", async () => {
    const asked: string[] = [];
    const found = await reconcile(
      {
        ...deps(1, {
          async getVideoStatus(videoId) {
            asked.push(videoId);
            return { qualities: [{ type: "hls", quality: "240p", status: "encoding" }] };
          },
        }),
        seenVideos: async () => ["vi0", "vi-seen"],
      },
      SPAN,
      never,
    );

    expect(asked).toEqual(["vi0", "vi-seen"]);
    expect(found).toMatchObject({ missed: [], isComplete: true });
    expect(found.notes).toEqual(["2 videos are still being encoded; more events will come."]);
  });

  it("fails where nothing could be asked", async () => {
    const refused = deps(1, {
      listVideos: () => Promise.reject(new AppError("api.unauthorized", "api.video refuses this key.")),
    });

    await expect(reconcile(refused, SPAN, never)).rejects.toMatchObject({ code: "api.unauthorized" });
  });
});
