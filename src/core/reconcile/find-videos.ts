/** A video as api.video lists it; dates are its own texts. */
export interface ListedVideo {
  readonly videoId: string;
  readonly title: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly liveStreamId: string | null;
}

export type ListVideos = (choice: {
  readonly sortBy: "createdAt" | "updatedAt";
  readonly page: number;
}) => Promise<{ readonly videos: readonly ListedVideo[]; readonly pagesTotal: number }>;

/** A time to look at, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Encoding takes a while: what was uploaded this long before a gap may have been finished in it. */
export const LOOK_BACK_MS = 60 * 60_000;
/** Of 50 videos each, for each order: what was uploaded since the gap has to be walked past. */
const MAX_PAGES = 5;

export interface FoundVideos {
  /** Those of the gap itself first. */
  readonly videos: readonly (Omit<ListedVideo, "createdAt"> & { readonly createdAt: number | null })[];
  /** False where the lists went on beyond the last page that was asked for. */
  readonly isComplete: boolean;
}

/** The videos that may have had events in a time: created in it or shortly before, or changed in it. */
export async function findVideos(list: ListVideos, span: Span): Promise<FoundVideos> {
  const created = await walk(list, "createdAt", { ...span, from: span.from - LOOK_BACK_MS });
  const updated = await walk(list, "updatedAt", span);
  const found = new Map([...created.videos, ...updated.videos].map((video) => [video.videoId, video]));
  const videos = [...found.values()].map((video) => ({ ...video, createdAt: timeOf(video.createdAt) }));
  const isOfGap = ({ createdAt }: { createdAt: number | null }) => createdAt !== null && createdAt >= span.from;
  return {
    videos: [...videos.filter(isOfGap), ...videos.filter((video) => !isOfGap(video))],
    isComplete: created.isComplete && updated.isComplete,
  };
}

/** Pages from the latest back to the beginning of the time. A date that cannot be read is in no time. */
async function walk(list: ListVideos, sortBy: "createdAt" | "updatedAt", { from, to }: Span) {
  const videos: ListedVideo[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await list({ sortBy, page });
    const times = answer.videos.map((video) => timeOf(video[sortBy]));
    videos.push(...answer.videos.filter((_, index) => isWithin(times[index] ?? null, from, to)));
    // Not by the last one alone: a server that does not sort must not end the walk.
    const isPast = times.every((time) => time !== null && time < from);
    if (isPast || page >= answer.pagesTotal) return { videos, isComplete: true };
  }
  return { videos, isComplete: false };
}

/** api.video gives whole seconds, cut off: the second that a time begins in belongs to it. */
function isWithin(time: number | null, from: number, to: number): boolean {
  return time !== null && time >= from - 1_000 && time <= to;
}

function timeOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
