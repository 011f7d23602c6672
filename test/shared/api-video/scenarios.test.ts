import { describe, expect, it } from "vitest";
import { buildEvent } from "#core/simulator/sample-event.ts";
import { checkShape } from "#shared/api-video/check-shape.ts";
import { SCENARIO_NAMES, SCENARIOS, type ScenarioEvent, type ScenarioName } from "#shared/api-video/scenarios.ts";
import { randomId } from "#shared/random-id.ts";

function eventsOf(name: ScenarioName): readonly ScenarioEvent[] {
  const ids = { video: 0, "live-stream": 0 };
  return SCENARIOS[name].events((kind) => `${kind} ${++ids[kind]}`);
}

function idsOf(events: readonly ScenarioEvent[], field: string): ReadonlySet<string | undefined> {
  return new Set(events.map(({ fields }) => fields[field]));
}

const renditionOf = ({ fields }: ScenarioEvent) => `${fields["encoding"]} ${fields["quality"]}`;

describe("a scenario", () => {
  it.each(SCENARIO_NAMES)("%s stands in the order of sending, from its beginning on", (name) => {
    const times = eventsOf(name).map(({ atMs }) => atMs);

    expect(times[0]).toBe(0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it.each(SCENARIO_NAMES)("%s has events as api.video documents them", (name) => {
    for (const { type, fields } of eventsOf(name)) {
      const event = buildEvent({ type, set: fields, dialect: "api-video", now: 0, randomId });

      expect(checkShape(event)).toEqual([]);
    }
  });

  it("of an upload has each rendition of a 720p source once, all of one video", () => {
    const events = eventsOf("upload");

    expect(events.map(renditionOf).toSorted()).toEqual(["hls 240p", "hls 360p", "hls 480p", "hls 720p", "mp4 720p"]);
    expect(idsOf(events, "videoId")).toEqual(new Set(["video 1"]));
    expect(idsOf(events, "liveStreamId")).toEqual(new Set([undefined]));
  });

  it("of a broadcast tells of the stream before its recording, and of that before its renditions", () => {
    const events = eventsOf("live");

    expect(events.map(({ type }) => type).slice(0, 3)).toEqual([
      "live-stream.broadcast.started",
      "live-stream.broadcast.ended",
      "video.source.recorded",
    ]);
    expect(events.slice(3).map(({ type }) => type)).toEqual(Array(5).fill("video.encoding.quality.completed"));
    expect(idsOf(events, "liveStreamId")).toEqual(new Set(["live-stream 1"]));
    expect(idsOf(events.slice(2), "videoId")).toEqual(new Set(["video 1"]));
  });

  it("with captions has the summary after them", () => {
    const types = eventsOf("captions").map(({ type }) => type);

    expect(types.indexOf("video.caption.generated")).toBeGreaterThan(0);
    expect(types.indexOf("video.summary.generated")).toBeGreaterThan(types.indexOf("video.caption.generated"));
    expect(idsOf(eventsOf("captions"), "videoId")).toEqual(new Set(["video 1"]));
  });

  it("that is a storm mixes many videos, some the other way round, and sends some again after three seconds", () => {
    const events = eventsOf("storm");
    const order = (id: string) =>
      events
        .filter(({ fields }) => fields["videoId"] === id)
        .map(renditionOf)
        .join();

    const switches = events.filter(({ fields }, at) => fields["videoId"] !== events[at - 1]?.fields["videoId"]);
    expect(switches.length).toBeGreaterThan(events.length / 2);
    expect(order("video 1").split(",").toReversed().join()).toBe(order("video 2"));
    const again = events.map(({ againAfterMs = [] }) => againAfterMs.join()).filter((times) => times !== "");
    expect(new Set(again)).toEqual(new Set(["3000", "3000,6000"]));
  });
});
