import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkShape, shapeWords } from "#shared/api-video/check-shape.ts";
import { EVERY_EVENT, eventEntry } from "#shared/api-video/event-catalogue.ts";
import { FIELDS, fieldFacts } from "#shared/api-video/event-fields.ts";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { SOURCES } from "#shared/api-video/sources.ts";

/** An event as the catalogue says it is. */
function documented(type: string): Record<string, string> {
  const fields = eventEntry(type)?.fields ?? [];
  return { ...Object.fromEntries(fields.map((field) => [field, FIELDS[field].example])), type };
}

const rendition = documented("video.encoding.quality.completed");

describe("the shape of a payload", () => {
  it.each(EVENT_TYPES)("is as documented for the catalogue's own example of %s", (type) => {
    expect(checkShape(documented(type))).toEqual([]);
  });

  it("may lack what is optional, and write HLS in capitals", () => {
    const { liveStreamId: _, ...rest } = rendition;

    expect(checkShape({ ...rest, encoding: "HLS" })).toEqual([]);
  });

  it.each([
    ["an unknown type", { ...rendition, type: "video.deleted" }, ["unknown-type"]],
    ["no type", { emittedAt: "x" }, ["no-type"]],
    ["a type that is no text", { type: 7 }, ["wrong-kind"]],
    ["a tutorial's event", { event: "video.uploaded", data: { videoId: "vi1" } }, ["tutorial-dialect"]],
    ["a list", [rendition], ["no-object"]],
    ["a field too many", { ...rendition, size: 1 }, ["unknown-field"]],
    ["a number for an id", { ...rendition, videoId: 12 }, ["wrong-kind"]],
    ["null for a date", { ...rendition, emittedAt: null }, ["wrong-kind"]],
    ["an impossible date", { ...rendition, emittedAt: "2024-08-151T00:00:00Z" }, ["no-date"]],
    ["another encoding", { ...rendition, encoding: "dash" }, ["unknown-value"]],
    ["a quality nobody listed", { ...rendition, quality: "4320p" }, []],
  ])("is noticed: %s", (_name, payload, kinds) => {
    expect(checkShape(payload).map(({ kind }) => kind)).toEqual(kinds);
  });

  it("says what is missing, and which field was meant", () => {
    const { videoId, ...rest } = rendition;

    expect(checkShape({ ...rest, video_id: videoId }).map(shapeWords)).toEqual([
      "The field “video_id” is not documented; api.video writes videoId.",
      "The field videoId is missing.",
    ]);
  });

  it("is looked at without harm, whatever JSON it is, and told in short", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const body = typeof value === "object" && value !== null ? { ...rendition, ...value } : value;
        const findings = checkShape(body);
        expect(findings.length).toBeLessThanOrEqual(50);
        for (const finding of findings) expect(shapeWords(finding).length).toBeLessThan(400);
      }),
    );
    expect(checkShape(JSON.parse('{"type":"x","__proto__":{"type":"y"}}'))).toEqual([
      { kind: "unknown-type", type: "x" },
    ]);
  });
});

describe("the catalogue", () => {
  it("explains each event with facts that name their source", () => {
    for (const type of EVENT_TYPES) {
      const entry = eventEntry(type);
      expect(entry?.order.length).toBeGreaterThan(0);
      expect(entry?.traps.length).toBeGreaterThan(0);
      for (const { source } of [...(entry?.order ?? []), ...(entry?.traps ?? []), ...EVERY_EVENT]) {
        expect(SOURCES[source]).toBeDefined();
      }
    }
  });

  it("leads to pages of api.video alone", () => {
    for (const { url } of Object.values(SOURCES))
      expect(url ?? "https://api.video/").toMatch(/^https:\/\/(docs\.)?api\.video\//);
  });

  it("knows no fields by names that every object has", () => {
    expect(fieldFacts("constructor")).toBeUndefined();
    expect(fieldFacts("__proto__")).toBeUndefined();
    expect(fieldFacts("quality")?.kind).toBe("text");
  });
});
