import * as z from "zod";
import { DeliverySummary, type Subject } from "./delivery.ts";

export const SubjectKind = z.enum(["video", "live-stream"]);
export type SubjectKind = z.infer<typeof SubjectKind>;

/** One video or live stream by its id, which is the sender's text until api.video was asked. */
export const SubjectRef = z.object({ kind: SubjectKind, id: z.string().min(1).max(200) });
export type SubjectRef = z.infer<typeof SubjectRef>;

/** A video or live stream that deliveries are about. */
export const SubjectEntry = z.object({
  subject: SubjectRef,
  /** All kept deliveries that name it. */
  deliveries: z.int(),
  /** Of these, how many have a signature that does not fit. */
  failed: z.int(),
  /** ISO 8601, UTC: when the first and the last of them came. */
  firstAt: z.string(),
  lastAt: z.string(),
  last: DeliverySummary.pick({ id: true, type: true, detail: true }),
  /** Of a video: the live stream that its deliveries name as well. */
  liveStreamId: z.string().optional(),
});
export type SubjectEntry = z.infer<typeof SubjectEntry>;

/** What api.video itself says of a subject. All texts are its own and open: new states may come. */
export const SubjectLookup = z.object({
  subject: SubjectRef,
  /** Empty where it has none. */
  title: z.string(),
  /** Of a video: from `uploading` to `ingested`; null where nothing is said. */
  ingest: z.string().nullable(),
  isPlayable: z.boolean().nullable(),
  /** Of a live stream. */
  isBroadcasting: z.boolean().nullable(),
  /** Of a video: `type` is hls or mp4, `quality` like 720p, `status` waiting, encoding, encoded or failed. */
  qualities: z.array(z.object({ type: z.string(), quality: z.string(), status: z.string() })),
  /** Of a recording: the live stream that it is of. */
  liveStreamId: z.string().nullable(),
  /** https only; null where api.video gives none. */
  playerUrl: z.string().nullable(),
  dashboardUrl: z.string().nullable(),
  /** ISO 8601, UTC: when it was asked. */
  askedAt: z.string(),
});
export type SubjectLookup = z.infer<typeof SubjectLookup>;

/** `video:ID` or `live:ID`, as the address and the filter of the list write it. */
export function formatSubject({ kind, id }: SubjectRef): string {
  return `${kind === "video" ? "video" : "live"}:${id}`;
}

/** The inverse of `formatSubject`; null for any other text. */
export function parseSubject(text: string): SubjectRef | null {
  const [, kind, id] = /^(video|live):(.{1,200})$/s.exec(text) ?? [];
  if (kind === undefined || id === undefined) return null;
  return { kind: kind === "video" ? "video" : "live-stream", id };
}

/** What a delivery is first of all about: a recording's events name its live stream as well. */
export function mainSubject({ videoId, liveStreamId }: Subject): SubjectRef | null {
  if (videoId !== undefined) return { kind: "video", id: videoId };
  return liveStreamId === undefined ? null : { kind: "live-stream", id: liveStreamId };
}

/** Every subject that a delivery names. */
export function subjectsOf({ videoId, liveStreamId }: Subject): SubjectRef[] {
  return [
    ...(videoId === undefined ? [] : [{ kind: "video", id: videoId } as const]),
    ...(liveStreamId === undefined ? [] : [{ kind: "live-stream", id: liveStreamId } as const]),
  ];
}

export function isAbout(subject: Subject, { kind, id }: SubjectRef): boolean {
  return (kind === "video" ? subject.videoId : subject.liveStreamId) === id;
}
