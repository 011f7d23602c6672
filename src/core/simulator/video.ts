import { createEncoding, type Encoding } from "./encoding.ts";
import { isoSeconds } from "./iso-seconds.ts";
import { createSource, type Source } from "./source.ts";

export interface VideoOptions {
  readonly title: string;
  readonly description: string;
  readonly public: boolean;
  readonly mp4Support: boolean;
  readonly tags: readonly unknown[];
  readonly metadata: readonly unknown[];
  readonly language: string | null;
  readonly transcript: boolean;
  readonly transcriptSummary: boolean;
}

export const DEFAULT_VIDEO_OPTIONS: Omit<VideoOptions, "title"> = {
  description: "",
  public: true,
  mp4Support: true,
  tags: [],
  metadata: [],
  language: null,
  transcript: false,
  transcriptSummary: false,
};

export interface SimulatedVideo {
  readonly videoId: string;
  readonly options: VideoOptions;
  readonly createdAtMs: number;
  readonly source: Source;
  readonly encoding: Encoding;
  /** The broadcast that a recording is of. */
  readonly liveStreamId?: string;
}

export function createVideo(
  identity: Pick<SimulatedVideo, "videoId" | "liveStreamId" | "createdAtMs">,
  options: VideoOptions,
): SimulatedVideo {
  return { ...identity, options, source: createSource(), encoding: createEncoding(options) };
}

/** The answer of `POST /videos` and `GET /videos/{videoId}` (https://docs.api.video/reference/api/Videos). */
export function videoBody({ videoId, options, createdAtMs, liveStreamId }: SimulatedVideo) {
  const { transcript, transcriptSummary, language, ...shown } = options;
  const at = isoSeconds(createdAtMs);
  const media = `https://vod.api.video/vod/${videoId}`;
  const player = `https://embed.api.video/vod/${videoId}`;
  return {
    videoId,
    ...shown,
    ...(language !== null && { language, languageOrigin: "api" }),
    panoramic: false,
    createdAt: at,
    publishedAt: at,
    updatedAt: at,
    discarded: false,
    source: liveStreamId === undefined ? { uri: `/videos/${videoId}/source` } : liveSource(liveStreamId),
    assets: {
      hls: `${media}/hls/manifest.m3u8`,
      iframe: `<iframe src="${player}" width="100%" height="100%" frameborder="0" scrolling="no" allowfullscreen="true"></iframe>`,
      player,
      thumbnail: `${media}/thumbnail.jpg`,
      ...(options.mp4Support && { mp4: `${media}/mp4/source.mp4` }),
    },
  };
}

/** The answer of `GET /videos/{videoId}/status`. */
export function statusBody({ source, encoding }: SimulatedVideo) {
  const isPlayable = encoding.renditions.some(({ status }) => status === "encoded");
  const isIngested = encoding.ingest === "ingested";
  return {
    ingest: { status: encoding.ingest ?? "uploading", ...source.progress() },
    encoding: {
      playable: isPlayable,
      qualities: isIngested ? encoding.renditions : [],
      metadata: isIngested ? CLIP : {},
    },
  };
}

const CLIP = {
  width: 1280,
  height: 720,
  bitrate: 1200.4,
  duration: 12,
  framerate: 25,
  samplerate: 48000,
  videoCodec: "h264",
  audioCodec: "aac",
  aspectRatio: "16/9",
};

function liveSource(liveStreamId: string) {
  const uri = `/live-streams/${liveStreamId}`;
  return { type: "liveStream", uri, liveStream: { liveStreamId, links: [{ rel: "self", uri }] } };
}
