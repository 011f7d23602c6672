import type { FieldName } from "./event-fields.ts";
import { EVENT_FACTS, EVENT_TYPES, type EventType, type EventTypeFacts } from "./event-types.ts";
import { type Fact, fact } from "./sources.ts";

/** All that is known of one event: enough to explain it, to check it, and to make types and schemas of it. */
export interface EventEntry extends EventTypeFacts {
  /** When it comes, and before and after what. */
  readonly order: readonly Fact[];
  /** What people trip over. */
  readonly traps: readonly Fact[];
  /** In the order of the documentation's samples. */
  readonly fields: readonly FieldName[];
  /** Of `fields`: those that may be absent. */
  readonly optional: readonly FieldName[];
}

const UNORDERED = fact(
  "The documentation promises no order: an event can come before one that was emitted earlier.",
  "inferred",
);

const ENTRIES = {
  "video.encoding.quality.completed": {
    order: [
      fact("After the upload, and after video.source.recorded where the video is a recording.", "guide"),
      fact("A 720p source gives five: hls 240p, 360p, 480p and 720p, and one mp4 at the source's quality.", "guide"),
      UNORDERED,
    ],
    traps: [
      fact("No event says that all renditions are done: count them, or ask GET /videos/{videoId}/status.", "guide"),
      fact("No event says that encoding failed: that is seen in the status alone.", "status"),
      fact("With mp4Support switched off there is most likely no mp4 rendition.", "inferred"),
    ],
    fields: ["type", "emittedAt", "videoId", "liveStreamId", "encoding", "quality"],
    optional: ["liveStreamId"],
  },
  "live-stream.broadcast.started": {
    order: [fact("First of a broadcast: broadcasting turned from false to true.", "reference"), UNORDERED],
    traps: [fact("A player that starts at once can find nothing: the stream plays a few seconds later.", "liveBlog")],
    fields: ["type", "emittedAt", "liveStreamId"],
    optional: [],
  },
  "live-stream.broadcast.ended": {
    order: [
      fact("After live-stream.broadcast.started, some seconds after the streamer stopped.", "liveBlog"),
      UNORDERED,
    ],
    traps: [fact("A recording, if there is one, is not there yet: wait for video.source.recorded.", "guide")],
    fields: ["type", "emittedAt", "liveStreamId"],
    optional: [],
  },
  "video.source.recorded": {
    order: [fact("After live-stream.broadcast.ended, before the recording's encoding events.", "guide"), UNORDERED],
    traps: [
      fact("The recording cannot be played yet, though older pages read as if it could.", "guide"),
      fact("videoId is the recording's; liveStreamId is the stream's.", "guide"),
    ],
    fields: ["type", "emittedAt", "liveStreamId", "videoId"],
    optional: [],
  },
  "video.caption.generated": {
    order: [fact("Some time after the upload, independent of the renditions.", "inferred"), UNORDERED],
    traps: [
      fact("It comes only where the video asked for a transcript; without spoken words there is none.", "summaries"),
    ],
    fields: ["type", "emittedAt", "videoId", "captionId", "generationMode", "language"],
    optional: [],
  },
  "video.summary.generated": {
    order: [fact("After the captions, which it is made from.", "inferred"), UNORDERED],
    traps: [fact("It needs a transcript with at least 50 spoken words.", "summaries")],
    fields: ["type", "emittedAt", "videoId", "summaryId"],
    optional: [],
  },
} as const satisfies Readonly<Record<EventType, Omit<EventEntry, keyof EventTypeFacts>>>;

/** The entry of a known event; undefined for a tutorial's or a future one. */
export function eventEntry(type: string | null): EventEntry | undefined {
  const known = EVENT_TYPES.find((name) => name === type);
  return known === undefined ? undefined : { ...EVENT_FACTS[known], ...ENTRIES[known] };
}

/** True of every event: said once, under whichever is looked at. */
export const EVERY_EVENT: readonly Fact[] = [
  fact("The body is flat JSON: no envelope, no data member, and no title or address of the video.", "guide"),
  fact("It has no delivery id: a retry is told only by the same bytes from the same webhook.", "guide"),
  fact(
    "Any answer of 300 and above is a failure: api.video tries again 3 seconds later, a few times, then never.",
    "guide",
  ),
];
