/** What api.video's reference says of each event (https://docs.api.video/reference/create-and-manage-webhooks). */
export interface EventTypeFacts {
  /** Two or three words for a row. */
  readonly title: string;
  /** One sentence: when it fires. */
  readonly meaning: string;
}

/** The complete list of events a webhook can subscribe to, in the order of the reference. */
export const EVENT_TYPES = [
  "video.encoding.quality.completed",
  "live-stream.broadcast.started",
  "live-stream.broadcast.ended",
  "video.source.recorded",
  "video.caption.generated",
  "video.summary.generated",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Events of a widely read tutorial, which api.video never sends. Developers arrive with handlers written for them. */
export const TUTORIAL_EVENT_TYPES = ["video.uploaded", "video.processing.completed"] as const;
export type TutorialEventType = (typeof TUTORIAL_EVENT_TYPES)[number];

export const EVENT_FACTS: Readonly<Record<EventType | TutorialEventType, EventTypeFacts>> = {
  "video.encoding.quality.completed": {
    title: "Rendition ready",
    meaning: "One rendition of a video is encoded. There is one event per rendition and none for “all done”.",
  },
  "live-stream.broadcast.started": {
    title: "Live started",
    meaning: "A live stream began to broadcast. It can be played a few seconds later.",
  },
  "live-stream.broadcast.ended": {
    title: "Live ended",
    meaning: "The last piece of a live stream is encoded, some seconds after the streamer stopped.",
  },
  "video.source.recorded": {
    title: "Live recorded",
    meaning: "The recording of a live stream is queued for encoding. It cannot be played yet.",
  },
  "video.caption.generated": { title: "Captions ready", meaning: "Automatic captions of a video are ready." },
  "video.summary.generated": { title: "Summary ready", meaning: "The automatic summary of a video is ready." },
  "video.uploaded": {
    title: "video.uploaded",
    meaning: "A tutorial's event. api.video does not send it; a handler that waits for it waits for ever.",
  },
  "video.processing.completed": {
    title: "video.processing.completed",
    meaning: "A tutorial's event. The real one is video.encoding.quality.completed, once per rendition.",
  },
};

/** Facts of a known type; undefined for anything else, which is shown as it is and never rejected. */
export function eventFacts(type: string | null): EventTypeFacts | undefined {
  return type !== null && Object.hasOwn(EVENT_FACTS, type) ? EVENT_FACTS[type as keyof typeof EVENT_FACTS] : undefined;
}

/** How many webhooks an account may have (https://docs.api.video/sdks/nocode/zapier; the API itself only says "limit reached"). */
export const WEBHOOK_LIMIT = 10;
