import { createId } from "#shared/api-video/create-id.ts";
import type { Clock } from "../lib/clock.ts";
import {
  type Answer,
  accepted,
  created,
  invalid,
  invalidAttribute,
  noContent,
  notFound,
  ok,
  required,
} from "./answer.ts";
import type { Background } from "./background.ts";
import type { Emit } from "./emitter.ts";
import { runEncoding } from "./encoding.ts";
import { keepNewest } from "./keep-newest.ts";
import { sortAndPaginate } from "./paginate.ts";
import { type Call, type Route, route } from "./routes.ts";
import { parseContentRange, receiveFile, uploadRefused } from "./upload.ts";
import { createVideo, DEFAULT_VIDEO_OPTIONS, type SimulatedVideo, statusBody, videoBody } from "./video.ts";

/** https://docs.api.video/reference/api/Videos#list-all-video-objects */
const SORTABLE = ["title", "createdAt", "publishedAt", "updatedAt"] as const;
/** Of a video that was not uploaded: as many bytes as a short clip has. */
const CLIP_BYTES = 1_800_000;

export interface VideosApi {
  readonly routes: readonly Route[];
  /** The recording of a broadcast: a new video whose encoding starts at once. */
  addRecording(recording: { readonly title: string; readonly liveStreamId: string }): SimulatedVideo;
}

/** Uploads are read and thrown away; what follows from them takes its course in the background. */
export function createVideosApi(deps: {
  readonly emit: Emit;
  readonly background: Background;
  readonly clock: Clock;
  readonly pace: number;
  randomId(bytes: number): string;
}): VideosApi {
  const { emit, background, clock, pace, randomId } = deps;
  const videos = new Map<string, SimulatedVideo>();

  function add(options: SimulatedVideo["options"], liveStreamId?: string): SimulatedVideo {
    const videoId = createId("video", randomId);
    const identity = { videoId, createdAtMs: clock.now(), ...(liveStreamId !== undefined && { liveStreamId }) };
    const video = createVideo(identity, options);
    videos.set(videoId, video);
    keepNewest(videos);
    return video;
  }

  function startEncoding({ videoId, options, encoding, liveStreamId }: SimulatedVideo): void {
    encoding.ingest = "uploaded";
    const order = {
      videoId,
      ...(liveStreamId !== undefined && { liveStreamId }),
      language: options.language ?? "en",
      hasTranscript: options.transcript,
      hasSummary: options.transcriptSummary,
      encoding,
      isWanted: () => videos.has(videoId),
    };
    background.start((work) => runEncoding(order, emit, pace, work));
  }

  function create({ json }: Call): Answer {
    const { title, source } = json;
    if (title === undefined || title === null || title === "") return invalid([required("title")]);
    const [first, ...more] = problemsOf(json);
    if (first !== undefined) return invalid([first, ...more]);
    // Each value has the type of its default: that was checked just above.
    const video = add({ ...DEFAULT_VIDEO_OPTIONS, ...pickOptions(json) } as SimulatedVideo["options"]);
    if (source === undefined) return created(videoBody(video));
    // A URL or another video's id: api.video fetches it. Nothing is fetched here, the events come all the same.
    video.source.complete(CLIP_BYTES);
    startEncoding(video);
    return accepted(videoBody(video));
  }

  async function upload({ param, raw }: Call): Promise<Answer> {
    const video = videos.get(param("videoId"));
    if (video === undefined) return notFound("videoId");
    const range = parseContentRange(raw.headers["content-range"]);
    if (range === null) return malformedRange;
    const early = video.source.refusal(range);
    if (early !== null) return early;
    const received = await receiveFile(raw);
    if (received.kind === "refused") return received.answer;
    // Another upload may have ended while this one was under way.
    const late = video.source.refusal(range);
    if (late !== null) return late;
    video.source.add(range, received.bytes);
    if (video.source.isComplete) startEncoding(video);
    return created(videoBody(video));
  }

  function withVideo(answer: (video: SimulatedVideo) => Answer): Route["handle"] {
    return ({ param }) => {
      const video = videos.get(param("videoId"));
      return video === undefined ? notFound("videoId") : answer(video);
    };
  }

  return {
    routes: [
      route("GET /videos", ({ url }) => sortAndPaginate([...videos.values()].reverse().map(videoBody), SORTABLE, url)),
      route("POST /videos", create),
      route(
        "GET /videos/:videoId",
        withVideo((video) => ok(videoBody(video))),
      ),
      route("DELETE /videos/:videoId", ({ param }) =>
        videos.delete(param("videoId")) ? noContent : notFound("videoId"),
      ),
      route(
        "GET /videos/:videoId/status",
        withVideo((video) => ok(statusBody(video))),
      ),
      route("POST /videos/:videoId/source", upload, { budget: "uploads", readsJson: false }),
    ],
    addRecording({ title, liveStreamId }) {
      const video = add({ ...DEFAULT_VIDEO_OPTIONS, title }, liveStreamId);
      video.source.complete(CLIP_BYTES);
      startEncoding(video);
      return video;
    },
  };
}

const malformedRange = uploadRefused(
  "video-content-range-malformed",
  'The value of the "Content-Range" header is malformed, the expected format is "bytes <from_byte>-<to_byte>/<total_bytes>" or "part <part>/<total_parts>".',
);

function problemsOf(json: Call["json"]) {
  const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
    title: isText,
    description: isText,
    public: isBoolean,
    mp4Support: isBoolean,
    tags: Array.isArray,
    metadata: Array.isArray,
    language: isText,
    transcript: isBoolean,
    transcriptSummary: isBoolean,
    source: isText,
  };
  return Object.entries(checks)
    .filter(([name, isValid]) => json[name] !== undefined && !isValid(json[name]))
    .map(([name]) => invalidAttribute(name, "This value is not of the right type."));
}

function pickOptions(json: Call["json"]): Record<string, unknown> {
  const names = ["title", ...Object.keys(DEFAULT_VIDEO_OPTIONS)];
  return Object.fromEntries(names.filter((name) => json[name] !== undefined).map((name) => [name, json[name]]));
}

const isText = (value: unknown) => typeof value === "string";
const isBoolean = (value: unknown) => typeof value === "boolean";
