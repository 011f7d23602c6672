import { createId } from "#shared/api-video/create-id.ts";
import { EVENT_TYPES, type EventType } from "#shared/api-video/event-types.ts";
import type { SimulatedDialect } from "#shared/contract/simulator-commands.ts";
import { type Json, type JsonObject, setPath } from "../lib/set-path.ts";

export interface EventRecipe {
  /** Any text: a type that is not known gets `type` and `emittedAt`, like an event of the future. */
  readonly type: string;
  /** Dotted path to the value it shall have; applied last, in order. */
  readonly set?: Readonly<Record<string, Json>>;
  readonly dialect: SimulatedDialect;
  /** Milliseconds since 1970. */
  readonly now: number;
  randomId(bytes: number): string;
}

/**
 * The body of a simulated event, with keys in the order of api.video's samples
 * (https://docs.api.video/reference/create-and-manage-webhooks) or, for the dialect `tutorial`, in the `{event, data}`
 * shape of a widely read tutorial. Throws AppError `input.invalid` for a path of `set` that cannot be set.
 */
export function buildEvent(recipe: EventRecipe): JsonObject {
  const event = recipe.dialect === "tutorial" ? tutorialEvent(recipe) : apiVideoEvent(recipe);
  for (const [path, value] of Object.entries(recipe.set ?? {})) setPath(event, path, value);
  return event;
}

function apiVideoEvent(recipe: EventRecipe): JsonObject {
  const { type, now } = recipe;
  const known = EVENT_TYPES.find((other) => other === type);
  return known === undefined ? { type, emittedAt: emittedAt(now, "+00:00") } : { type, ...knownFields(known, recipe) };
}

function knownFields(type: EventType, { now, set = {}, randomId }: EventRecipe): JsonObject {
  const videoId = () => createId("video", randomId);
  const liveStreamId = () => createId("live-stream", randomId);
  switch (type) {
    case "video.encoding.quality.completed":
      return {
        emittedAt: emittedAt(now, "Z"),
        videoId: videoId(),
        // Only recordings of live streams have it; it stands here in api.video's sample, so it is given its place.
        ...(Object.hasOwn(set, "liveStreamId") && { liveStreamId: "" }),
        encoding: "hls",
        quality: "720p",
      };
    case "live-stream.broadcast.started":
    case "live-stream.broadcast.ended":
      return { emittedAt: emittedAt(now, "+00:00"), liveStreamId: liveStreamId() };
    case "video.source.recorded":
      return { emittedAt: emittedAt(now, "+00:00"), liveStreamId: liveStreamId(), videoId: videoId() };
    case "video.caption.generated":
      return {
        emittedAt: emittedAt(now, "+00:00"),
        videoId: videoId(),
        captionId: createId("caption", randomId),
        generationMode: "transcript",
        language: "en",
      };
    case "video.summary.generated":
      return {
        emittedAt: emittedAt(now, "+00:00"),
        videoId: videoId(),
        summaryId: createId("summary", randomId),
      };
  }
}

function tutorialEvent({ type, randomId }: EventRecipe): JsonObject {
  const videoId = createId("video", randomId);
  return {
    event: type,
    data: {
      videoId,
      status: type === "video.uploaded" ? "uploaded" : "completed",
      url: `https://vod.api.video/vod/${videoId}/hls/manifest.m3u8`,
      thumbnail: `https://vod.api.video/vod/${videoId}/thumbnail.jpg`,
      title: "Simulated video",
    },
  };
}

/** api.video writes UTC both ways: `Z` in its signed sample of an encoding event, `+00:00` in the others. */
function emittedAt(now: number, zone: "Z" | "+00:00"): string {
  return new Date(now).toISOString().replace("Z", zone);
}
