import { describe, expect, it } from "vitest";
import { type Captured, type CheckedVideo, findMissed } from "#core/reconcile/missed-events.ts";

const GAP_FROM = Date.parse("2026-07-01T09:00:00Z");

function video(change: Partial<CheckedVideo> = {}): CheckedVideo {
  return {
    videoId: "vi1",
    title: "clip",
    createdAt: GAP_FROM + 1,
    liveStreamId: null,
    qualities: [
      { type: "hls", quality: "240p", status: "encoded" },
      { type: "hls", quality: "720p", status: "encoded" },
      { type: "mp4", quality: "720p", status: "encoded" },
    ],
    ...change,
  };
}

function captured(type: string, change: Partial<Captured> = {}): Captured {
  return { type, detail: null, videoId: null, liveStreamId: null, ...change };
}

const rendition = (detail: string, videoId = "vi1") =>
  captured("video.encoding.quality.completed", { videoId, detail });

describe("the events that were missed", () => {
  it("are those of encoded renditions of which no delivery is kept", () => {
    const missed = findMissed([video()], [], [rendition("HLS 240p"), rendition("mp4 720p", "vi2")], GAP_FROM);

    expect(missed.map(({ detail }) => detail)).toEqual(["hls 720p", "mp4 720p"]);
    expect(missed[0]).toEqual({
      id: "video.encoding.quality.completed vi1 hls 720p",
      type: "video.encoding.quality.completed",
      detail: "hls 720p",
      subject: { videoId: "vi1" },
      title: "clip",
      reason: "api.video has encoded hls 720p of this video, and no delivery of it is kept.",
      set: { videoId: "vi1", encoding: "hls", quality: "720p" },
    });
  });

  it.each(["waiting", "encoding", "failed"])("are none of a rendition that is %s: no event tells of it", (status) => {
    expect(findMissed([video({ qualities: [{ type: "hls", quality: "240p", status }] })], [], [], GAP_FROM)).toEqual(
      [],
    );
  });

  it.each([GAP_FROM - 1, null])("say that they may be older than the gap where the video is (%s)", (createdAt) => {
    const [missed] = findMissed([video({ createdAt })], [], [], GAP_FROM);

    expect(missed?.reason).toContain("older than the gap");
  });

  it("include the recording of a live stream, with the stream in all that is simulated", () => {
    const missed = findMissed([video({ liveStreamId: "li1" })], [], [], GAP_FROM);

    expect(missed.map(({ type, set }) => [type, set["liveStreamId"]])).toEqual([
      ["video.source.recorded", "li1"],
      ["video.encoding.quality.completed", "li1"],
      ["video.encoding.quality.completed", "li1"],
      ["video.encoding.quality.completed", "li1"],
    ]);
    const told = [captured("video.source.recorded", { videoId: "vi1", liveStreamId: "li1" })];
    expect(findMissed([video({ liveStreamId: "li1", qualities: [] })], [], told, GAP_FROM)).toEqual([]);
  });

  const STARTED = "live-stream.broadcast.started";
  const ENDED = "live-stream.broadcast.ended";
  it.each<[isBroadcasting: boolean, newestFirst: string[], missed: string[]]>([
    [true, [], [STARTED]],
    [true, [STARTED], []],
    [true, [ENDED, STARTED], [STARTED]],
    [true, [STARTED, ENDED], []],
    [false, [], []],
    [false, [STARTED, ENDED], [ENDED]],
    [false, [ENDED, STARTED], []],
  ])("of a live stream that broadcasts (%s) after %j are %j", (isBroadcasting, newestFirst, types) => {
    const others = [
      captured("video.source.recorded", { liveStreamId: "li1" }),
      captured(STARTED, { liveStreamId: "li2" }),
    ];
    const events = [...others, ...newestFirst.map((type) => captured(type, { liveStreamId: "li1" }))];

    const missed = findMissed([], [{ liveStreamId: "li1", name: "demo", isBroadcasting }], events, GAP_FROM);

    expect(missed.map(({ type }) => type)).toEqual(types);
    for (const event of missed)
      expect(event).toMatchObject({ subject: { liveStreamId: "li1" }, set: { liveStreamId: "li1" } });
  });
});
