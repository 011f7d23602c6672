import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { SubjectLookup, SubjectRef } from "#shared/domain/subject.ts";
import { formatSubject, parseSubject } from "#shared/domain/subject.ts";
import { toTimeline } from "#shared/domain/subject-timeline.ts";
import { sampleDelivery } from "../../renderer/samples.ts";

const VIDEO: SubjectRef = { kind: "video", id: "vi1" };
const LIVE: SubjectRef = { kind: "live-stream", id: "li1" };
const START = Date.parse("2026-07-01T09:30:00.000Z");

const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();
let rows = 0;

function event(type: string, seconds: number, change: Partial<DeliverySummary> = {}): DeliverySummary {
  rows += 1;
  return sampleDelivery({ id: `d${rows}`, type, receivedAt: at(seconds), emittedAt: at(seconds - 1), ...change });
}
const rendition = (detail: string, seconds: number, change: Partial<DeliverySummary> = {}) =>
  event("video.encoding.quality.completed", seconds, { detail, ...change });
const live = (what: "started" | "ended", seconds: number) =>
  event(`live-stream.broadcast.${what}`, seconds, { subject: { liveStreamId: "li1" } });

function asked(change: Partial<SubjectLookup>): SubjectLookup {
  return {
    subject: VIDEO,
    title: "",
    ingest: null,
    isPlayable: null,
    isBroadcasting: null,
    qualities: [],
    liveStreamId: null,
    playerUrl: null,
    dashboardUrl: null,
    askedAt: at(60),
    ...change,
  };
}

const flagsOf = (deliveries: DeliverySummary[]) =>
  toTimeline(VIDEO, deliveries, null, START).steps.map(({ flags }) => flags);
const toComeOf = (subject: SubjectRef, deliveries: DeliverySummary[], lookup: SubjectLookup | null = null) =>
  toTimeline(subject, deliveries, lookup, START).toCome.map(({ kind, detail, certainty }) =>
    `${certainty} ${kind} ${detail}`.trimEnd(),
  );

describe("a subject's steps", () => {
  it("flag the same request again, the same event in other bytes, and what was emitted earlier", () => {
    const first = rendition("hls 240p", 10);
    const flags = flagsOf([
      first,
      rendition("hls 240p", 13, { duplicateOf: first.id, emittedAt: at(9) }),
      rendition("hls 480p", 20),
      rendition("hls 360p", 21, { emittedAt: at(15) }),
      rendition("HLS 480p", 90),
    ]);

    expect(flags).toEqual([[], ["repeat"], [], ["late"], ["again"]]);
  });

  it("flag a bad signature, a server that refused but for a fault on demand, and a request that was not whole", () => {
    const flags = flagsOf([
      rendition("hls 240p", 1, { verification: { state: "failed", cause: "no-match" } }),
      rendition("hls 360p", 2, { lastAttempt: { status: 500, ms: 3, verdict: "refused" } }),
      rendition("hls 480p", 3, { lastAttempt: { status: null, ms: 3, verdict: "unreachable" } }),
      rendition("hls 720p", 4, { incomplete: "broken-off" }),
      rendition("hls 1080p", 5, {
        lastAttempt: { status: 401, ms: 3, verdict: "refused", fault: { kind: "wrong-secret", every: 1 } },
      }),
    ]);

    expect(flags).toEqual([["failed"], ["refused"], ["refused"], ["incomplete"], []]);
  });

  it.each([
    ["2026-07-01T09:30:05.900Z", "2026-07-01T09:30:05+00:00", false],
    ["2026-07-01T09:30:05.900Z", "2026-07-01T09:30:04+00:00", true],
    ["2026-07-01T09:30:05.900000001Z", "2026-07-01T09:30:05.899Z", true],
    ["2026-07-01T11:30:05.900+02:00", "2026-07-01T09:30:05.901Z", false],
    ["2024-08-151T00:00:00Z", "2026-07-01T09:30:05Z", false],
  ])("compare %s with %s by what both of them say", (first, second, isLate) => {
    const flags = flagsOf([
      rendition("hls 240p", 10, { emittedAt: first }),
      rendition("hls 360p", 11, { emittedAt: second }),
    ]);

    expect(flags[1]).toEqual(isLate ? ["late"] : []);
  });

  it("made by editing are the same again, and never late", () => {
    const flags = flagsOf([
      rendition("hls 240p", 10),
      rendition("hls 360p", 11),
      rendition("hls 240p", 60, { emittedAt: at(9), source: "edited", originId: "d1" }),
    ]);

    expect(flags).toEqual([[], [], ["again"]]);
  });

  it("of a live stream may start and end many times, and leave the recording's renditions to its own lane", () => {
    const { steps, live: state } = toTimeline(
      LIVE,
      [
        live("started", 1),
        live("ended", 5),
        live("started", 10),
        event("video.source.recorded", 7, { subject: { liveStreamId: "li1", videoId: "vi1" } }),
        rendition("hls 240p", 20, { subject: { liveStreamId: "li1", videoId: "vi1" } }),
      ],
      null,
      START,
    );

    expect(steps.map(({ kind, flags }) => [kind, flags])).toEqual([
      ["live-started", []],
      ["live-ended", []],
      ["recorded", []],
      ["live-started", []],
    ]);
    expect(state).toBe("live");
  });

  const anyDelivery = fc
    .record({
      row: fc.nat(),
      type: fc.oneof(fc.constantFrom("video.encoding.quality.completed", "video.caption.generated", null), fc.string()),
      detail: fc.oneof(fc.constantFrom("hls 240p", "mp4 720p", "HLS 99999p", "__proto__"), fc.string()),
      seconds: fc.integer({ min: 0, max: 50 }),
      emittedAt: fc.oneof(fc.string(), fc.integer({ min: 0, max: 50 }).map(at)),
    })
    .map(({ row, seconds, ...rest }) => sampleDelivery({ id: `d${row}`, receivedAt: at(seconds), ...rest }));
  const deliveries = fc.uniqueArray(anyDelivery, { selector: ({ id }) => id, maxLength: 30 });

  it("are each delivery once, in the order of arrival, whatever order and texts they come in", () => {
    fc.assert(
      fc.property(
        deliveries.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const { steps } = toTimeline(VIDEO, all, null, START);

          expect(toTimeline(VIDEO, shuffled, null, START).steps).toEqual(steps);
          expect(new Set(steps.map(({ delivery }) => delivery.id))).toEqual(new Set(all.map(({ id }) => id)));
          for (const [index, { at: time }] of steps.entries())
            expect(time).toBeGreaterThanOrEqual(steps[index - 1]?.at ?? 0);
        },
      ),
    );
  });

  it("are never also still to come", () => {
    fc.assert(
      fc.property(deliveries, (all) => {
        const { steps, toCome } = toTimeline(VIDEO, all, null, START);
        const keys = new Set(steps.map(({ key }) => key));

        expect(toCome.filter(({ key }) => keys.has(key))).toEqual([]);
      }),
    );
  });
});

describe("what is still to come", () => {
  const EXTRAS = ["possible captions", "possible summary"];

  it("of a video is, without a key, what the highest quality that came makes likely", () => {
    expect(toComeOf(VIDEO, [rendition("hls 480p", 1)])).toEqual([
      "likely rendition hls 240p",
      "likely rendition hls 360p",
      "likely rendition mp4",
      ...EXTRAS,
    ]);
    expect(toComeOf(VIDEO, [rendition("mp4 360p", 1), rendition("hls 240p", 2)])).toEqual([
      "likely rendition hls 360p",
      ...EXTRAS,
    ]);
    expect(toComeOf(VIDEO, [event("video.caption.generated", 1)])).toEqual(["possible summary"]);
  });

  it("of a video is, with a key, what api.video says of each quality", () => {
    const lookup = asked({
      qualities: [
        { type: "hls", quality: "240p", status: "encoded" },
        { type: "hls", quality: "360p", status: "encoded" },
        { type: "hls", quality: "480p", status: "encoding" },
        { type: "mp4", quality: "480p", status: "failed" },
      ],
    });
    const { expected, seen } = toTimeline(VIDEO, [rendition("HLS 240p", 1)], lookup, START);

    expect(toComeOf(VIDEO, [rendition("HLS 240p", 1)], lookup)).toEqual([
      "lost rendition hls 360p",
      "certain rendition hls 480p",
      "never rendition mp4 480p",
      ...EXTRAS,
    ]);
    expect([seen, expected]).toEqual([1, 3]);
  });

  it("counts a rendition that was not whole as still to come", () => {
    expect(toComeOf(VIDEO, [rendition("hls 240p", 1, { incomplete: "cut" }), rendition("hls 360p", 2)])).toContain(
      "likely rendition hls 240p",
    );
  });

  it("of a live stream is its end, then its recording, then nothing", () => {
    const recorded = event("video.source.recorded", 9, { subject: { liveStreamId: "li1", videoId: "vi1" } });

    expect(toComeOf(LIVE, [live("started", 1)])).toEqual(["certain live-ended", "likely recorded"]);
    expect(toComeOf(LIVE, [live("started", 1), live("ended", 5)])).toEqual(["likely recorded"]);
    expect(toComeOf(LIVE, [live("started", 1), live("ended", 5), recorded])).toEqual([]);
    expect(toComeOf(LIVE, [live("started", 1)], asked({ subject: LIVE, isBroadcasting: false }))).toEqual([
      "lost live-ended",
      "likely recorded",
    ]);
  });

  it("is called quiet an hour after the last event", () => {
    const deliveries = [rendition("hls 240p", 0)];

    expect(toTimeline(VIDEO, deliveries, null, START + 59 * 60_000).isQuiet).toBe(false);
    expect(toTimeline(VIDEO, deliveries, null, START + 61 * 60_000).isQuiet).toBe(true);
  });
});

describe("a subject's name", () => {
  it("is read back as it was written, whatever its id", () => {
    const ref = fc.record({
      kind: fc.constantFrom("video" as const, "live-stream" as const),
      id: fc.string({ minLength: 1, maxLength: 200 }),
    });

    fc.assert(
      fc.property(ref, (subject) => {
        expect(parseSubject(formatSubject(subject))).toEqual(subject);
      }),
    );
    for (const text of ["", "video:", "audio:x", "vi1", `video:${"x".repeat(201)}`])
      expect(parseSubject(text)).toBeNull();
  });
});
