import type { EventType } from "#shared/api-video/event-types.ts";
import type { MissedEvent } from "#shared/domain/missed-event.ts";

/** A video as far as its events are concerned; the list may not know one that deliveries speak of. */
export interface CheckedVideo {
  readonly videoId: string;
  readonly title: string | null;
  /** Epoch milliseconds; null where it is not known. */
  readonly createdAt: number | null;
  /** The live stream that it is a recording of. */
  readonly liveStreamId: string | null;
  readonly qualities: readonly { readonly type: string; readonly quality: string; readonly status: string }[];
}

export interface CheckedLiveStream {
  readonly liveStreamId: string;
  readonly name: string;
  readonly isBroadcasting: boolean;
}

/** What was captured of them, newest first. */
export interface Captured {
  readonly type: string;
  readonly detail: string | null;
  readonly videoId: string | null;
  readonly liveStreamId: string | null;
}

const ENCODED: EventType = "video.encoding.quality.completed";
const RECORDED: EventType = "video.source.recorded";
const STARTED: EventType = "live-stream.broadcast.started";
const ENDED: EventType = "live-stream.broadcast.ended";

/**
 * The events that must have been sent, by the state of these videos and live streams, and were not captured. It states
 * what api.video says and what is not kept here; why that is so, nobody can know.
 */
export function findMissed(
  videos: readonly CheckedVideo[],
  liveStreams: readonly CheckedLiveStream[],
  captured: readonly Captured[],
  /** Epoch milliseconds: what is older may have had its events before the gap. */
  gapFrom: number,
): MissedEvent[] {
  const kept = new Set(captured.flatMap((event) => keysOf(event)));
  const ofVideos = videos.flatMap((video) => [...recording(video, kept), ...renditions(video, kept, gapFrom)]);
  return [...ofVideos, ...liveStreams.flatMap((stream) => broadcast(stream, captured))];
}

function renditions(video: CheckedVideo, kept: ReadonlySet<string>, gapFrom: number): MissedEvent[] {
  const { videoId, title, createdAt, liveStreamId } = video;
  const encoded = video.qualities.filter(({ status }) => status.toLowerCase() === "encoded");
  const age =
    createdAt === null || createdAt < gapFrom ? " The video is older than the gap: the event may be as well." : "";
  return encoded.flatMap(({ type, quality }) => {
    const detail = `${type} ${quality}`;
    if (kept.has(keyOf(ENCODED, videoId, detail))) return [];
    return {
      id: keyOf(ENCODED, videoId, detail),
      type: ENCODED,
      detail,
      subject: { videoId, ...(liveStreamId !== null && { liveStreamId }) },
      ...(title && { title }),
      reason: `api.video has encoded ${detail} of this video, and no delivery of it is kept.${age}`,
      // A recording's events name its live stream as well.
      set: { videoId, ...(liveStreamId !== null && { liveStreamId }), encoding: type.toLowerCase(), quality },
    };
  });
}

function recording({ videoId, title, liveStreamId }: CheckedVideo, kept: ReadonlySet<string>): MissedEvent[] {
  if (liveStreamId === null || kept.has(keyOf(RECORDED, videoId))) return [];
  return [
    {
      id: keyOf(RECORDED, videoId),
      type: RECORDED,
      subject: { videoId, liveStreamId },
      ...(title && { title }),
      reason: "api.video has this recording of a live stream, and no delivery that tells of it is kept.",
      set: { liveStreamId, videoId },
    },
  ];
}

function broadcast(stream: CheckedLiveStream, captured: readonly Captured[]): MissedEvent[] {
  const { liveStreamId, name, isBroadcasting } = stream;
  const last = captured.find(
    (event) => event.liveStreamId === liveStreamId && (event.type === STARTED || event.type === ENDED),
  );
  if (isBroadcasting === (last?.type === STARTED)) return [];
  const type = isBroadcasting ? STARTED : ENDED;
  return [
    {
      id: keyOf(type, liveStreamId),
      type,
      subject: { liveStreamId },
      ...(name && { title: name }),
      reason: isBroadcasting
        ? "api.video says that it is broadcasting, and no start of it was captured since its last end."
        : "api.video says that it is not broadcasting, and no end of it was captured since its last start.",
      set: { liveStreamId },
    },
  ];
}

function keysOf({ type, videoId, detail }: Captured): string[] {
  if (videoId === null) return [];
  return type === ENCODED ? [keyOf(type, videoId, detail ?? "")] : [keyOf(type, videoId)];
}

/** Upper and lower case of a rendition's name differ between api.video's own texts. */
function keyOf(type: string, subject: string, detail = ""): string {
  return `${type} ${subject} ${detail.toLowerCase()}`.trimEnd();
}
