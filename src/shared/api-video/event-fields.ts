import type { SourceId } from "./sources.ts";

/**
 * What a field of an event holds. `values` are those the documentation names; with `isOpen`, others are no surprise.
 * `kind` is what its value is in JSON and, for texts, what they stand for.
 */
export interface FieldFacts {
  readonly kind: "text" | "id" | "date";
  readonly meaning: string;
  readonly example: string;
  readonly values?: readonly string[];
  readonly isOpen?: boolean;
  readonly source: SourceId;
}

/** Every field that an event of api.video can have. All are texts. */
export const FIELDS = {
  type: {
    kind: "text",
    meaning: "Which event this is.",
    example: "video.encoding.quality.completed",
    isOpen: true,
    source: "guide",
  },
  emittedAt: {
    kind: "date",
    meaning:
      "When api.video emitted the event, by its own clock. The documentation shows it to the second, the millisecond and the nanosecond, with Z and with an offset.",
    example: "2026-07-01T09:30:15.482Z",
    source: "guide",
  },
  videoId: {
    kind: "id",
    meaning: "The video. GET /videos/{videoId} tells its title and its addresses.",
    example: "vi3kT9sHqWcJr5DxUe7BgNoZ",
    source: "guide",
  },
  liveStreamId: {
    kind: "id",
    meaning: "The live stream. In an encoding event it most likely marks the recording of one.",
    example: "li6tQ2LrV9bXw0ZkYh3nPmAa",
    source: "guide",
  },
  encoding: {
    kind: "text",
    meaning: "The kind of rendition: hls for streaming, mp4 for one file at the source's quality.",
    example: "hls",
    values: ["hls", "mp4"],
    source: "guide",
  },
  quality: {
    kind: "text",
    meaning: "The height of the rendition. The lists in the documentation end at 1080p, 2160p and 4k.",
    example: "720p",
    values: ["240p", "360p", "480p", "720p", "1080p", "2160p"],
    isOpen: true,
    source: "status",
  },
  captionId: {
    kind: "id",
    meaning: "The captions that were made.",
    example: "caption_5RmYvQ2pLs8KtXc1Wd0Hga",
    source: "reference",
  },
  generationMode: {
    kind: "text",
    meaning: "How the captions came about: transcript means from the sound of the video.",
    example: "transcript",
    values: ["transcript"],
    source: "reference",
  },
  language: {
    kind: "text",
    meaning: "The language of the captions, as a code.",
    example: "en",
    isOpen: true,
    source: "reference",
  },
  summaryId: {
    kind: "id",
    meaning: "The summary that was made.",
    example: "summary_7ZnBqE4hUf2VjMx9Ra6Skd",
    source: "reference",
  },
} as const satisfies Readonly<Record<string, FieldFacts>>;
export type FieldName = keyof typeof FIELDS;

/** Facts of a field by its name; undefined for one that api.video does not document. */
export function fieldFacts(name: string): FieldFacts | undefined {
  return Object.hasOwn(FIELDS, name) ? FIELDS[name as FieldName] : undefined;
}
