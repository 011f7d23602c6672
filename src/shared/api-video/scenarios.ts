import type { EventType } from "./event-types.ts";

export const SCENARIO_NAMES = ["upload", "live", "captions", "storm"] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** One event of a scenario, and when it is sent. */
export interface ScenarioEvent {
  /** Milliseconds after the scenario began. */
  readonly atMs: number;
  readonly type: EventType;
  /** What makes it belong to the others; every other field is as in a single simulated event. */
  readonly fields: Readonly<Record<string, string>>;
  /** Sent again, the same bytes, so many milliseconds after it was sent first. */
  readonly againAfterMs?: readonly number[];
}

/** A new id that looks like one of api.video's. */
export type NewId = (kind: "video" | "live-stream") => string;

interface Scenario {
  /** Two words or three to choose it by. */
  readonly title: string;
  /** Half a sentence for help texts. */
  readonly summary: string;
  /** In the order of sending. */
  events(newId: NewId): ScenarioEvent[];
}

/** What the reference gives a 720p source: the ladder below it, and one mp4 at the source's own quality. */
const RENDITIONS = [
  { encoding: "hls", quality: "240p" },
  { encoding: "hls", quality: "360p" },
  { encoding: "mp4", quality: "720p" },
  { encoding: "hls", quality: "480p" },
  { encoding: "hls", quality: "720p" },
] as const;

/** From one rendition of a short clip to the next; small ones are done first. */
const RENDITION_MS = 3_000;

/** "Retries 3 times, 3 s apart" (https://docs.api.video/reference/create-and-manage-webhooks). */
const RETRY_MS = 3_000;

/**
 * Sequences of events as api.video may send them, from https://docs.api.video/reference/create-and-manage-webhooks. Which
 * events there are is stated there: one for each rendition and none for the end; of a live stream started, ended some
 * seconds after the streamer stopped, and recorded before its recording is encoded. Which rendition comes first, and when
 * captions come, is not: the documentation promises no order, and these are plausible ones. No source says how long
 * encoding takes: all gaps are guesses at a clip of some seconds. Only the three seconds between retries are stated.
 */
export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  upload: {
    title: "An upload",
    summary: "one video, a rendition after the other",
    events: (newId) => encodingOf({ videoId: newId("video") }, 0),
  },
  live: {
    title: "A broadcast",
    summary: "a broadcast, its recording, and how that is encoded",
    events(newId) {
      const liveStreamId = newId("live-stream");
      const videoId = newId("video");
      return [
        { atMs: 0, type: "live-stream.broadcast.started", fields: { liveStreamId } },
        { atMs: 20_000, type: "live-stream.broadcast.ended", fields: { liveStreamId } },
        { atMs: 24_000, type: "video.source.recorded", fields: { liveStreamId, videoId } },
        ...encodingOf({ videoId, liveStreamId }, 30_000),
      ];
    },
  },
  captions: {
    title: "An upload with captions",
    summary: "one video with captions and a summary, which come while it is encoded",
    events(newId) {
      const videoId = newId("video");
      return inOrder([
        ...encodingOf({ videoId }, 0),
        { atMs: 7_000, type: "video.caption.generated", fields: { videoId, language: "en" } },
        { atMs: 14_000, type: "video.summary.generated", fields: { videoId } },
      ]);
    },
  },
  storm: {
    title: "A storm",
    summary: "several videos and a live stream at once, quick, out of order, some events sent again",
    events: stormOf,
  },
};

const STORM_VIDEOS = 8;
/** Between the beginnings of two videos, and between two renditions of one. */
const STORM_VIDEO_MS = 90;
const STORM_RENDITION_MS = 250;

/** Every second video has its renditions the other way round; every fifth event was not accepted, some of them twice. */
function stormOf(newId: NewId): ScenarioEvent[] {
  const liveStreamId = newId("live-stream");
  const videos = Array.from({ length: STORM_VIDEOS }, (_, index) => {
    const events = encodingOf({ videoId: newId("video") }, index * STORM_VIDEO_MS, STORM_RENDITION_MS);
    const times = events.map(({ atMs }) => atMs);
    return index % 2 === 0 ? events : events.toReversed().map((event, at) => ({ ...event, atMs: times[at] ?? 0 }));
  });
  const events = inOrder([
    ...videos.flat(),
    { atMs: 500, type: "live-stream.broadcast.started", fields: { liveStreamId } },
    { atMs: 1_300, type: "live-stream.broadcast.ended", fields: { liveStreamId } },
  ]);
  return events.map((event, index) =>
    index % 5 === 0 ? { ...event, againAfterMs: index % 10 === 0 ? [RETRY_MS] : [RETRY_MS, 2 * RETRY_MS] } : event,
  );
}

function encodingOf(
  subject: { readonly videoId: string; readonly liveStreamId?: string },
  fromMs: number,
  everyMs = RENDITION_MS,
): ScenarioEvent[] {
  return RENDITIONS.map((rendition, index) => ({
    atMs: fromMs + index * everyMs,
    type: "video.encoding.quality.completed",
    fields: { ...subject, ...rendition },
  }));
}

function inOrder(events: readonly ScenarioEvent[]): ScenarioEvent[] {
  return events.toSorted((a, b) => a.atMs - b.atMs);
}
