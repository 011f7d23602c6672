import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as z from "zod";
import { buildEvent } from "#core/simulator/sample-event.ts";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { eventJsonSchema, eventTypeScript } from "#shared/api-video/event-typings.ts";
import { randomId } from "#shared/random-id.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

/** What TypeScript says of a handler that uses the types. */
function compile(handler: string): string {
  using dir = tempDir();
  writeFileSync(join(dir.path, "events.ts"), eventTypeScript());
  writeFileSync(join(dir.path, "handler.ts"), `import type { ApiVideoEvent } from "./events.ts";\n${handler}`);
  const flags = ["--strict", "--noEmit", "--allowImportingTsExtensions", "--module", "nodenext", "--target", "es2022"];
  const tsc = join(import.meta.dirname, "../../../node_modules/.bin/tsc");
  return spawnSync(tsc, [...flags, "--types", "", "handler.ts"], { cwd: dir.path, encoding: "utf8" }).stdout;
}

it("types compile, are told apart by their type, offer what is known and take what is not", () => {
  expect(
    compile(`
      export function handle(event: ApiVideoEvent): string {
        if (event.type === "video.encoding.quality.completed") {
          const quality: string = event.quality === "4320p" ? "huge" : event.quality;
          return event.videoId + event.encoding + quality + (event.liveStreamId ?? "");
        }
        if (event.type === "video.caption.generated") return event.captionId + event.language;
        return event.emittedAt;
      }`),
  ).toBe("");
});

it.each([
  [
    "a field that the event has not",
    'export const f = (event: ApiVideoEvent) => event.type === "video.summary.generated" && event.quality;',
  ],
  ["an event that there is not", 'export const f = (event: ApiVideoEvent) => event.type === "video.uploaded";'],
  [
    "a field that may be absent",
    'export const f = (event: ApiVideoEvent): string => event.type === "video.encoding.quality.completed" ? event.liveStreamId : "";',
  ],
])("types catch %s", (_, handler) => {
  expect(compile(handler)).toMatch(/error TS/);
});

it.each(EVENT_TYPES)(
  "the schema takes what is sent as %s, also with more in it, and not what lacks a field",
  (type) => {
    const schema = z.fromJSONSchema(eventJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
    const event = buildEvent({ type, dialect: "api-video", now: Date.parse("2026-07-01T09:30:15.482Z"), randomId });

    expect(schema.safeParse(event).success).toBe(true);
    expect(schema.safeParse({ ...event, somethingNew: 1 }).success).toBe(true);
    const { emittedAt: _, ...rest } = event;
    expect(schema.safeParse(rest).success).toBe(false);
    expect(schema.safeParse({ ...event, type: "video.uploaded" }).success).toBe(false);
  },
);
