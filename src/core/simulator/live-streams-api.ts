import { createId } from "#shared/api-video/create-id.ts";
import type { Clock } from "../lib/clock.ts";
import { type Answer, accepted, invalid, invalidAttribute, noContent, notFound, ok, required } from "./answer.ts";
import type { Background } from "./background.ts";
import type { Emit } from "./emitter.ts";
import { isoSeconds } from "./iso-seconds.ts";
import { keepNewest } from "./keep-newest.ts";
import { sortAndPaginate } from "./paginate.ts";
import { type Call, type Route, route } from "./routes.ts";
import type { VideosApi } from "./videos-api.ts";

/** Milliseconds at pace 1, between what the streamer does and what api.video says of it. */
const START_MS = 1000;
const END_MS = 1500;
const RECORD_MS = 500;

/** https://docs.api.video/reference/api/Live-Streams#list-all-live-streams */
const SORTABLE = ["name", "createdAt", "updatedAt"] as const;

interface SimulatedLiveStream {
  readonly liveStreamId: string;
  readonly streamKey: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly createdAtMs: number;
  broadcast: "idle" | "starting" | "live" | "ending";
  /** Asked to stop before it was live: it ends as soon as it has begun. */
  isStopAsked: boolean;
}

/**
 * Live streams without video: nothing listens for RTMP, so two controls of the simulator's own take the streamer's
 * part, `POST /simulator/live-streams/{liveStreamId}/start` and `…/stop`.
 */
export function createLiveStreamsApi(deps: {
  readonly emit: Emit;
  readonly videos: Pick<VideosApi, "addRecording">;
  readonly background: Background;
  readonly clock: Clock;
  readonly pace: number;
  randomId(bytes: number): string;
}): { readonly routes: readonly Route[] } {
  const { emit, videos, background, clock, pace, randomId } = deps;
  const streams = new Map<string, SimulatedLiveStream>();

  function create({ json }: Call): Answer {
    const { name, public: isPublic = true } = json;
    if (name === undefined || name === null || name === "") return invalid([required("name")]);
    if (typeof name !== "string") return invalid([invalidAttribute("name", "This value is not of the right type.")]);
    const stream: SimulatedLiveStream = {
      liveStreamId: createId("live-stream", randomId),
      streamKey: createId("stream-key", randomId),
      name,
      isPublic: isPublic === true,
      createdAtMs: clock.now(),
      broadcast: "idle",
      isStopAsked: false,
    };
    streams.set(stream.liveStreamId, stream);
    keepNewest(streams);
    return ok(liveStreamBody(stream));
  }

  function start(stream: SimulatedLiveStream): void {
    if (stream.broadcast !== "idle") return;
    const { liveStreamId } = stream;
    stream.broadcast = "starting";
    stream.isStopAsked = false;
    background.start(async ({ pause }) => {
      await pause(START_MS * pace);
      if (!streams.has(liveStreamId)) return;
      stream.broadcast = "live";
      emit("live-stream.broadcast.started", { liveStreamId });
      if (stream.isStopAsked) stop(stream);
    });
  }

  function stop(stream: SimulatedLiveStream): void {
    stream.isStopAsked = true;
    if (stream.broadcast !== "live") return;
    const { liveStreamId, name } = stream;
    stream.broadcast = "ending";
    background.start(async ({ pause }) => {
      await pause(END_MS * pace);
      if (!streams.has(liveStreamId)) return;
      stream.broadcast = "idle";
      emit("live-stream.broadcast.ended", { liveStreamId });
      await pause(RECORD_MS * pace);
      if (!streams.has(liveStreamId)) return;
      const { videoId } = videos.addRecording({ title: name, liveStreamId });
      emit("video.source.recorded", { liveStreamId, videoId });
    });
  }

  function withStream(answer: (stream: SimulatedLiveStream) => Answer): Route["handle"] {
    return ({ param }) => {
      const stream = streams.get(param("liveStreamId"));
      return stream === undefined ? notFound("liveStreamId") : answer(stream);
    };
  }

  function control(act: (stream: SimulatedLiveStream) => void): Route["handle"] {
    return withStream((stream) => {
      act(stream);
      return accepted(liveStreamBody(stream));
    });
  }

  return {
    routes: [
      route("GET /live-streams", ({ url }) =>
        sortAndPaginate([...streams.values()].reverse().map(liveStreamBody), SORTABLE, url),
      ),
      route("POST /live-streams", create),
      route(
        "GET /live-streams/:liveStreamId",
        withStream((stream) => ok(liveStreamBody(stream))),
      ),
      route("DELETE /live-streams/:liveStreamId", ({ param }) =>
        streams.delete(param("liveStreamId")) ? noContent : notFound("liveStreamId"),
      ),
      route("PUT /live-streams/:liveStreamId/complete", control(stop)),
      route("POST /simulator/live-streams/:liveStreamId/start", control(start), { budget: "none", readsJson: false }),
      route("POST /simulator/live-streams/:liveStreamId/stop", control(stop), { budget: "none", readsJson: false }),
    ],
  };
}

/** The answer of `POST /live-streams` and `GET /live-streams/{liveStreamId}` (https://docs.api.video/reference/api/Live-Streams). */
function liveStreamBody({ liveStreamId, streamKey, name, isPublic, createdAtMs, broadcast }: SimulatedLiveStream) {
  const at = isoSeconds(createdAtMs);
  const player = `https://embed.api.video/live/${liveStreamId}`;
  return {
    liveStreamId,
    streamKey,
    name,
    public: isPublic,
    broadcasting: broadcast === "live" || broadcast === "ending",
    restreams: [],
    createdAt: at,
    updatedAt: at,
    assets: {
      iframe: `<iframe src="${player}" width="100%" height="100%" frameborder="0" scrolling="no" allowfullscreen="true"></iframe>`,
      player,
      hls: `https://live.api.video/${liveStreamId}.m3u8`,
      thumbnail: `https://cdn.api.video/live/${liveStreamId}/thumbnail.jpg`,
    },
  };
}
