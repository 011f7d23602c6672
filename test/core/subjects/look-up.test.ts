import { describe, expect, it } from "vitest";
import { type LookUpApi, lookUp } from "#core/subjects/look-up.ts";

const NOW = Date.parse("2026-07-01T09:30:00Z");
const VIDEO = { kind: "video", id: "vi1" } as const;

function api(playerUrl: string | null): LookUpApi {
  return {
    getVideo: async () => ({ title: "Holiday", liveStreamId: null, playerUrl }),
    getVideoStatus: async () => ({
      ingest: "ingested",
      isPlayable: true,
      qualities: [{ type: "hls", quality: "240p", status: "encoded" }],
    }),
    getLiveStream: async () => ({ name: "Show", isBroadcasting: true, playerUrl }),
  };
}

describe("looking up a subject", () => {
  it("gives title and status per quality of a video", async () => {
    const found = await lookUp(api("https://embed.api.video/vod/vi1"), VIDEO, { isOfficial: true, now: NOW });

    expect(found).toMatchObject({
      subject: VIDEO,
      title: "Holiday",
      isPlayable: true,
      qualities: [{ type: "hls", quality: "240p", status: "encoded" }],
      playerUrl: "https://embed.api.video/vod/vi1",
      dashboardUrl: "https://dashboard.api.video/videos",
      askedAt: "2026-07-01T09:30:00.000Z",
    });
  });

  it("gives name and state of a live stream, and no dashboard where none shows it", async () => {
    const subject = { kind: "live-stream", id: "li1" } as const;

    expect(await lookUp(api(null), subject, { isOfficial: false, now: NOW })).toMatchObject({
      title: "Show",
      isBroadcasting: true,
      playerUrl: null,
      dashboardUrl: null,
    });
  });

  it.each(["javascript:alert(1)", "http://embed.api.video/x", "file:///etc/passwd", "not a link", ""])(
    "takes %j for no link",
    async (link) => {
      expect(await lookUp(api(link), VIDEO, { isOfficial: true, now: NOW })).toMatchObject({ playerUrl: null });
    },
  );
});
