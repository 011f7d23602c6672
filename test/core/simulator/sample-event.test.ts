import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Json, type JsonObject, setPath } from "#core/lib/set-path.ts";
import { buildEvent, type EventRecipe } from "#core/simulator/sample-event.ts";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { readPayload } from "#shared/api-video/payload.ts";
import { AppError } from "#shared/errors.ts";
import { times } from "../../helpers/fuzz.ts";

const NOW = Date.UTC(2026, 6, 1, 9, 30, 15, 482);

function build(recipe: Partial<EventRecipe> & { type: string }): JsonObject {
  return buildEvent({ dialect: "api-video", now: NOW, randomId: (bytes) => "a".repeat(bytes), ...recipe });
}

const ID = "a".repeat(22);

describe("buildEvent", () => {
  it.each([
    [
      "video.encoding.quality.completed",
      `"emittedAt":"2026-07-01T09:30:15.482Z","videoId":"vi${ID}","encoding":"hls","quality":"720p"`,
    ],
    ["live-stream.broadcast.started", `"emittedAt":"2026-07-01T09:30:15.482+00:00","liveStreamId":"li${ID}"`],
    ["live-stream.broadcast.ended", `"emittedAt":"2026-07-01T09:30:15.482+00:00","liveStreamId":"li${ID}"`],
    [
      "video.source.recorded",
      `"emittedAt":"2026-07-01T09:30:15.482+00:00","liveStreamId":"li${ID}","videoId":"vi${ID}"`,
    ],
    [
      "video.caption.generated",
      `"emittedAt":"2026-07-01T09:30:15.482+00:00","videoId":"vi${ID}","captionId":"caption_${ID}","generationMode":"transcript","language":"en"`,
    ],
    [
      "video.summary.generated",
      `"emittedAt":"2026-07-01T09:30:15.482+00:00","videoId":"vi${ID}","summaryId":"summary_${ID}"`,
    ],
    ["video.future.event", `"emittedAt":"2026-07-01T09:30:15.482+00:00"`],
  ])("writes %s with the keys of api.video's samples, in their order", (type, rest) => {
    expect(JSON.stringify(build({ type }))).toBe(`{"type":"${type}",${rest}}`);
  });

  it("writes the tutorial's two events in the tutorial's shape", () => {
    const event = build({ type: "video.uploaded", dialect: "tutorial", set: { "data.title": "Mine" } });

    expect(Object.keys(event)).toEqual(["event", "data"]);
    expect(event["data"]).toMatchObject({ videoId: `vi${ID}`, status: "uploaded", title: "Mine" });
    expect(Object.keys(event["data"] ?? {})).toEqual(["videoId", "status", "url", "thumbnail", "title"]);
    expect(readPayload(JSON.stringify(event))).toMatchObject({
      type: "video.uploaded",
      subject: { videoId: `vi${ID}` },
    });
  });

  it("keeps a field's place when it is set, and gives liveStreamId the place it has in api.video's sample", () => {
    const event = build({ type: EVENT_TYPES[0], set: { quality: "2160p", liveStreamId: "liX", extra: [1] } });

    expect(Object.entries(event).slice(2)).toEqual([
      ["videoId", `vi${ID}`],
      ["liveStreamId", "liX"],
      ["encoding", "hls"],
      ["quality", "2160p"],
      ["extra", [1]],
    ]);
  });

  it("leaves what it was given as it was", () => {
    const set = { data: { title: "a" }, "data.title": "b" };

    expect(build({ type: "x", set })["data"]).toEqual({ title: "b" });
    expect(set.data).toEqual({ title: "a" });
  });
});

describe("setPath", () => {
  it("reaches into arrays, at most one past their end", () => {
    const target: JsonObject = { tags: ["a", { x: 1 }] };

    setPath(target, "tags.1.x", 2);
    setPath(target, "tags.2", "c");

    expect(target).toEqual({ tags: ["a", { x: 2 }, "c"] });
    for (const path of ["tags.4", "tags.-1", "tags.length", "tags.9999999999"]) {
      expect(() => setPath(target, path, 0)).toThrow(AppError);
    }
  });

  it.each(["", ".", "a.", ".a", "a..b", "__proto__", "a.__proto__.b", "constructor.prototype.x", "a.prototype"])(
    "refuses the path %j",
    (path) => {
      expect(() => setPath({}, path, 1)).toThrow(expect.objectContaining({ code: "input.invalid" }));
    },
  );

  const segment = fc.oneof(
    fc.constantFrom("__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "data", "0", "1", ""),
    fc.string({ maxLength: 8 }),
  );
  const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join("."));

  it("gives back what was set and nothing else shared, or refuses with input.invalid", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(path, fc.jsonValue()), { maxLength: 6 }), (changes) => {
        const target: JsonObject = { data: { title: "x" }, tags: [] };
        for (const [at, value] of changes) {
          try {
            // fast-check's JSON values are what JSON.parse gives, which Json describes.
            setPath(target, at, value as Json);
          } catch (error) {
            expect(error).toMatchObject({ code: "input.invalid" });
            continue;
          }
          expect(valueAt(target, at)).toEqual(value);
        }
        expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(JSON.parse(JSON.stringify({}))).toEqual({});
      }),
      { numRuns: times(500) },
    );
  });
});

function valueAt(target: Json, path: string): Json | undefined {
  let value: Json | undefined = target;
  for (const segment of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as JsonObject)[segment];
  }
  return value;
}
