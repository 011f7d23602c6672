import * as z from "zod";
import { Id, keepParsed, ListAnswer, read, Text } from "./api-answers.ts";

/** A video as `GET /videos` lists it. Dates are api.video's own texts, null where there is none. */
export interface ListedVideo {
  readonly videoId: string;
  readonly title: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The live stream that it is a recording of. */
  readonly liveStreamId: string | null;
}

export interface ListedLiveStream {
  readonly liveStreamId: string;
  readonly name: string;
  readonly isBroadcasting: boolean;
}

/** One video or live stream as its own page shows it, besides what the lists say. */
export interface ShownVideo extends ListedVideo {
  /** As api.video wrote it: to be checked before anybody follows it. */
  readonly playerUrl: string | null;
}

export interface ShownLiveStream {
  readonly liveStreamId: string;
  readonly name: string;
  /** Null where nothing is said. */
  readonly isBroadcasting: boolean | null;
  readonly playerUrl: string | null;
}

export interface VideoPage {
  readonly videos: readonly ListedVideo[];
  readonly pagesTotal: number;
}

export interface LiveStreamPage {
  readonly liveStreams: readonly ListedLiveStream[];
  readonly pagesTotal: number;
}

/** As for webhooks, only the id is insisted on. A source without `liveStream` is an upload's. */
const VideoAnswer = z.object({
  videoId: Id,
  title: z.string().max(4096).catch(""),
  createdAt: Text.nullable().catch(null),
  updatedAt: Text.nullable().catch(null),
  source: z.object({ liveStream: z.object({ liveStreamId: Id }).nullable().catch(null) }).catch({ liveStream: null }),
});

const LiveStreamAnswer = z.object({
  liveStreamId: Id,
  name: z.string().max(4096).catch(""),
  broadcasting: z.boolean().nullable().catch(null),
});

const Assets = z
  .object({ player: Text.nullable().catch(null) })
  .catch({ player: null })
  .transform(({ player }) => player);
const ShownVideoAnswer = VideoAnswer.extend({ assets: Assets });
const ShownLiveStreamAnswer = LiveStreamAnswer.extend({ assets: Assets });

export function readVideo(text: string): ShownVideo {
  const { source, assets, ...video } = read(ShownVideoAnswer, text);
  return { ...video, liveStreamId: source.liveStream?.liveStreamId ?? null, playerUrl: assets };
}

export function readLiveStream(text: string): ShownLiveStream {
  const { liveStreamId, name, broadcasting, assets } = read(ShownLiveStreamAnswer, text);
  return { liveStreamId, name, isBroadcasting: broadcasting, playerUrl: assets };
}

export function readVideoPage(text: string): VideoPage {
  const { data, pagination } = read(ListAnswer, text);
  const videos = keepParsed(VideoAnswer, data).map(({ source, ...video }) => ({
    ...video,
    liveStreamId: source.liveStream?.liveStreamId ?? null,
  }));
  return { videos, pagesTotal: pagination.pagesTotal };
}

/** Entries that do not say whether they broadcast are left out: nothing can be concluded from them. */
export function readLiveStreamPage(text: string): LiveStreamPage {
  const { data, pagination } = read(ListAnswer, text);
  const liveStreams = keepParsed(LiveStreamAnswer, data).flatMap(({ liveStreamId, name, broadcasting }) =>
    broadcasting === null ? [] : [{ liveStreamId, name, isBroadcasting: broadcasting }],
  );
  return { liveStreams, pagesTotal: pagination.pagesTotal };
}
