import type { Work } from "./background.ts";
import type { Emit } from "./emitter.ts";

/** A sandbox clip of 720 lines: the whole ladder below it, and one mp4 at the source's own quality. */
const LADDER = ["240p", "360p", "480p", "720p"] as const;
const SOURCE_QUALITY = "720p";

/** Milliseconds at pace 1. How long real encoding takes is written nowhere; a developer should not wait for a stand-in. */
const INGEST_MS = 400;
const RENDITION_MS = 600;
const CAPTION_MS = 900;
const SUMMARY_MS = 900;

export interface Rendition {
  readonly type: "hls" | "mp4";
  readonly quality: string;
  status: "waiting" | "encoding" | "encoded";
}

/** How far a video is on its way from source to playable; `ingest` is null until the source is there. */
export interface Encoding {
  ingest: "uploaded" | "ingesting" | "ingested" | null;
  readonly renditions: readonly Rendition[];
}

export interface EncodingOrder {
  readonly videoId: string;
  /** Of a recording: the broadcast it comes from. */
  readonly liveStreamId?: string;
  readonly language: string;
  readonly hasTranscript: boolean;
  readonly hasSummary: boolean;
  readonly encoding: Encoding;
  /** False once the video was deleted. */
  isWanted(): boolean;
}

export function createEncoding(options: { readonly mp4Support: boolean }): Encoding {
  const hls = LADDER.map((quality): Rendition => ({ type: "hls", quality, status: "waiting" }));
  const mp4: Rendition = { type: "mp4", quality: SOURCE_QUALITY, status: "waiting" };
  return { ingest: null, renditions: options.mp4Support ? [...hls, mp4] : hls };
}

/** Ingests and encodes in `pace` times the usual time, with the events of a real one: one a rendition, none for the end. */
export async function runEncoding(order: EncodingOrder, emit: Emit, pace: number, { pause }: Work): Promise<void> {
  const { videoId, liveStreamId, encoding, language } = order;
  await pause(INGEST_MS * pace);
  encoding.ingest = "ingesting";
  await pause(INGEST_MS * pace);
  encoding.ingest = "ingested";
  for (const rendition of encoding.renditions) {
    rendition.status = "encoding";
    await pause(RENDITION_MS * pace);
    if (!order.isWanted()) return;
    rendition.status = "encoded";
    const { type, quality } = rendition;
    const subject = liveStreamId === undefined ? { videoId } : { videoId, liveStreamId };
    emit("video.encoding.quality.completed", { ...subject, encoding: type, quality });
  }
  if (order.hasTranscript) {
    await pause(CAPTION_MS * pace);
    if (order.isWanted()) emit("video.caption.generated", { videoId, language });
  }
  if (order.hasSummary) {
    await pause(SUMMARY_MS * pace);
    if (order.isWanted()) emit("video.summary.generated", { videoId });
  }
}
