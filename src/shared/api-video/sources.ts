/** Where a statement about api.video comes from, so that whoever doubts it can read it there. */
export const SOURCES = {
  guide: {
    name: "Create and manage webhooks",
    url: "https://docs.api.video/reference/create-and-manage-webhooks",
  },
  reference: { name: "api.video's OpenAPI description", url: null },
  status: { name: "Show video upload status", url: "https://docs.api.video/vod/show-video-upload-status" },
  zapier: { name: "Zapier integration", url: "https://docs.api.video/sdks/nocode/zapier" },
  summaries: { name: "Create summaries", url: "https://docs.api.video/vod/create-summaries" },
  liveBlog: {
    name: "Live stream webhooks",
    url: "https://api.video/blog/product-updates/live-stream-webhooks-we-ll-tell-you-when-the-stream-starts",
  },
  /** Followed from what the sources say; none of them states it. */
  inferred: { name: "Inferred from the documentation", url: null },
} as const satisfies Readonly<Record<string, { name: string; url: string | null }>>;
export type SourceId = keyof typeof SOURCES;

/** One thing that is known, in a sentence, with where it is known from. */
export interface Fact {
  readonly text: string;
  readonly source: SourceId;
}

/** Writes a fact in short. */
export function fact(text: string, source: SourceId): Fact {
  return { text, source };
}
