import type { Reconciliation } from "#shared/domain/missed-event.ts";
import { AppError } from "#shared/errors.ts";
import { findVideos, type ListVideos, LOOK_BACK_MS, type Span } from "./find-videos.ts";
import { type Captured, type CheckedLiveStream, type CheckedVideo, findMissed } from "./missed-events.ts";

/** With the lists, some sixty calls: within a minute's hundred reads of a sandbox account. */
const MAX_VIDEOS = 50;
/** Of a hundred each. */
const MAX_STREAM_PAGES = 2;

/** What is asked of api.video. Each call throws AppError, or the signal's reason. */
export interface ReconcileApi {
  listVideos(choice: Parameters<ListVideos>[0], signal?: AbortSignal): ReturnType<ListVideos>;
  getVideoStatus(videoId: string, signal?: AbortSignal): Promise<Pick<CheckedVideo, "qualities">>;
  listLiveStreams(
    page: number,
    signal?: AbortSignal,
  ): Promise<{ readonly liveStreams: readonly CheckedLiveStream[]; readonly pagesTotal: number }>;
}

export interface ReconcileDeps {
  readonly api: ReconcileApi;
  /** The videos that deliveries of this time are about. */
  seenVideos(from: number, to: number): Promise<readonly string[]>;
  /** What was ever captured of these, newest first. */
  captured(videoIds: readonly string[], liveStreamIds: readonly string[]): Promise<readonly Captured[]>;
  onProgress(progress: { readonly checkedVideos: number; readonly totalVideos: number }): void;
}

type Candidate = Omit<CheckedVideo, "qualities">;

/**
 * Compares what api.video says of the videos and live streams of a time with what was captured. What it cannot finish
 * (stopped, asked to slow down, too many) it answers in part and says so; it throws AppError only where nothing could be
 * asked at all.
 */
export async function reconcile(deps: ReconcileDeps, span: Span, signal: AbortSignal): Promise<Reconciliation> {
  const notes: string[] = [];
  const candidates = await candidatesOf(deps, span, notes, signal);
  const videos = await checkVideos(deps, candidates, notes, signal);
  const liveStreams = await checkLiveStreams(deps.api, notes, signal);
  // Read last, so that what came while api.video was asked is no longer missing.
  const captured = await deps.captured(
    videos.map(({ videoId }) => videoId),
    liveStreams.map(({ liveStreamId }) => liveStreamId),
  );
  const isComplete = notes.length === 0;
  const pending = videos.filter(isPending).length;
  if (pending > 0)
    notes.push(`${count(pending, "video is", "videos are")} still being encoded; more events will come.`);
  return {
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    missed: findMissed(videos, liveStreams, captured, span.from),
    checkedVideos: videos.length,
    checkedLiveStreams: liveStreams.length,
    isComplete,
    notes,
  };
}

async function candidatesOf(
  deps: ReconcileDeps,
  span: Span,
  notes: string[],
  signal: AbortSignal,
): Promise<Candidate[]> {
  const seen = await deps.seenVideos(span.from - LOOK_BACK_MS, span.to + LOOK_BACK_MS);
  let listed: Awaited<ReturnType<typeof findVideos>> = { videos: [], isComplete: true };
  try {
    listed = await findVideos((choice) => deps.api.listVideos(choice, signal), span);
  } catch (error) {
    if (!signal.aborted) throw error;
    notes.push(`Not all videos were looked for. ${STOPPED}`);
  }
  if (!listed.isComplete) {
    notes.push("The account has so many newer videos that not all of this time were looked for. Ask for a later time.");
  }
  const known = new Set(listed.videos.map(({ videoId }) => videoId));
  const unlisted = seen.filter((videoId) => !known.has(videoId));
  return [
    ...listed.videos,
    ...unlisted.map((videoId) => ({ videoId, title: null, createdAt: null, liveStreamId: null })),
  ];
}

/** One after the other: nobody waits for the last of them as urgently as the registration may need a call. */
async function checkVideos(
  deps: ReconcileDeps,
  candidates: readonly Candidate[],
  notes: string[],
  signal: AbortSignal,
): Promise<CheckedVideo[]> {
  const wanted = candidates.slice(0, MAX_VIDEOS);
  const checked: CheckedVideo[] = [];
  for (const [index, { videoId, title, createdAt, liveStreamId }] of wanted.entries()) {
    deps.onProgress({ checkedVideos: index, totalVideos: wanted.length });
    try {
      const { qualities } = await deps.api.getVideoStatus(videoId, signal);
      checked.push({ videoId, title, createdAt, liveStreamId, qualities });
    } catch (error) {
      // Deleted meanwhile, or an id that a stranger made up: nothing can be said of it.
      if (error instanceof AppError && error.code === "api.not_found") continue;
      notes.push(`Not checked: ${wanted.length - index} of ${wanted.length} videos. ${whyStopped(error, signal)}`);
      return checked;
    }
  }
  deps.onProgress({ checkedVideos: wanted.length, totalVideos: wanted.length });
  if (candidates.length > wanted.length) {
    notes.push(`Only ${MAX_VIDEOS} of ${candidates.length} videos were checked. Ask for a shorter time.`);
  }
  return checked;
}

async function checkLiveStreams(api: ReconcileApi, notes: string[], signal: AbortSignal): Promise<CheckedLiveStream[]> {
  const streams: CheckedLiveStream[] = [];
  try {
    for (let page = 1; page <= MAX_STREAM_PAGES; page++) {
      const { liveStreams, pagesTotal } = await api.listLiveStreams(page, signal);
      streams.push(...liveStreams);
      if (page >= pagesTotal) return streams;
    }
    notes.push(`Only the ${streams.length} live streams that changed last were checked.`);
  } catch (error) {
    notes.push(`Not all live streams were checked. ${whyStopped(error, signal)}`);
  }
  return streams;
}

const STOPPED = "It was stopped.";

/** Bugs fly on; what api.video or the user said ends the checking and is told. */
function whyStopped(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return STOPPED;
  if (error instanceof AppError) return error.message;
  throw error;
}

function isPending({ qualities }: CheckedVideo): boolean {
  return qualities.some(({ status }) => /^(waiting|encoding)$/i.test(status));
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
