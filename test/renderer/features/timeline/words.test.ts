import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toTimeline } from "#shared/domain/subject-timeline.ts";
import { groupSubjects } from "../../../../src/renderer/features/timeline/group-subjects.ts";
import { countFlag, markLabel } from "../../../../src/renderer/features/timeline/step-words.ts";
import { countWords, lastWords, lookupWords } from "../../../../src/renderer/features/timeline/subject-words.ts";
import { sampleDelivery, sampleSubject } from "../../samples.ts";

const VIDEO = { kind: "video", id: "vi1" } as const;
const AT = Date.parse("2026-11-24T14:02:27.904Z");
const LOOKUP = {
  subject: VIDEO,
  title: "Holiday",
  ingest: "ingested",
  isPlayable: true,
  isBroadcasting: null,
  qualities: [
    { type: "hls", quality: "240p", status: "encoded" },
    { type: "hls", quality: "360p", status: "encoding" },
  ],
  liveStreamId: null,
  playerUrl: null,
  dashboardUrl: null,
  askedAt: "2026-11-24T14:03:00.000Z",
};

it.each([
  ["failed", 1, "1 failed signature"],
  ["failed", 2, "2 failed signatures"],
  ["repeat", 2, "2 repeats"],
  ["late", 2, "2 out of order"],
] as const)("counts what is flagged %s: %i", (flag, count, words) => {
  expect(countFlag(flag, count)).toBe(words);
});

describe("a mark's label", () => {
  it.each([
    ["rendition", "hls 720p", "720"],
    ["rendition", "HLS 2160p", "2160"],
    ["rendition", "mp4 1080p", "mp4"],
    ["rendition", undefined, "?"],
    ["rendition", "\u202egnp.exe", "?"],
    ["captions", "en", "cc"],
    ["other", "hls 720p", "?"],
  ] as const)("of %s %j is %s", (kind, detail, label) => {
    expect(markLabel(kind, detail)).toBe(label);
  });

  it("has room in a mark, whatever is sent", () => {
    fc.assert(
      fc.property(fc.string(), (detail) => {
        expect(markLabel("rendition", detail)).toMatch(/^[\w?-]{1,4}$/);
      }),
    );
  });
});

describe("a lane's words", () => {
  it("say how many events there will be only where api.video has said it", () => {
    const deliveries = [sampleDelivery({ detail: "hls 240p" })];

    expect(countWords(toTimeline(VIDEO, deliveries, null, AT))).toBe("1 event so far");
    expect(countWords(toTimeline(VIDEO, deliveries, LOOKUP, AT))).toBe("1 of 2 events");
    expect(lastWords(toTimeline(VIDEO, deliveries, null, AT), AT + 12_700)).toBe("last 12 s ago");
    expect(lastWords(toTimeline(VIDEO, [], null, AT), AT)).toBeNull();
  });

  it("say what api.video says", () => {
    expect(lookupWords(LOOKUP)).toBe("Playable, 1 of 2 renditions encoded");
    expect(lookupWords({ ...LOOKUP, isPlayable: false, qualities: [], ingest: "uploading" })).toBe(
      "Not playable yet, source uploading",
    );
  });
});

describe("grouping subjects", () => {
  const stream = sampleSubject({ subject: { kind: "live-stream", id: "li1" } });
  const recording = sampleSubject({ liveStreamId: "li1" });
  const other = sampleSubject({ subject: { kind: "video", id: "vi2" } });

  it("puts recordings below their live stream, where the last active of them stood", () => {
    expect(groupSubjects([recording, other, stream])).toEqual([
      { entry: stream, recordings: [recording] },
      { entry: other, recordings: [] },
    ]);
  });

  it("leaves a recording alone where its live stream is not listed", () => {
    expect(groupSubjects([other, recording]).map(({ entry }) => entry)).toEqual([other, recording]);
  });
});
