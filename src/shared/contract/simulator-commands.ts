import * as z from "zod";
import { TUTORIAL_EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { SubjectKind, SubjectRef } from "#shared/domain/subject.ts";
import { command } from "./command.ts";

/** How a simulated event is signed. `wrong-secret` uses another secret the app knows, so that it can be named. */
export const SimulatedSignature = z.enum(["valid", "wrong-secret", "missing", "reserialised"]);
export type SimulatedSignature = z.infer<typeof SimulatedSignature>;

export const SimulatedDialect = z.enum(["api-video", "tutorial"]);
export type SimulatedDialect = z.infer<typeof SimulatedDialect>;

/** The dialect that an event type belongs to when nobody says otherwise. */
export function defaultDialect(type: string): SimulatedDialect {
  return (TUTORIAL_EVENT_TYPES as readonly string[]).includes(type) ? "tutorial" : "api-video";
}

/** Events made up, one by one or all of a video or live stream. */
export const simulatorCommands = {
  "simulator.trigger": command({
    summary: "Send simulated, signed events; answers with the ids of the deliveries once they are stored",
    input: z.object({
      type: z.string().min(1).max(200),
      set: z.record(z.string().max(200), z.json()).optional(),
      signature: SimulatedSignature.default("valid"),
      /** Left out: the tutorial's shape for the tutorial's events, else api.video's own. */
      dialect: SimulatedDialect.optional(),
      via: z.enum(["listener", "public-url"]).default("listener"),
      count: z.int().min(1).max(1000).default(1),
    }),
    output: z.object({ ids: z.array(z.string()) }),
    effect: "write",
  }),
  "simulator.play": command({
    summary: "Have the simulator encode a video, or broadcast and record a live stream; its events follow",
    input: z.object({ scenario: SubjectKind }),
    output: z.object({ subject: SubjectRef }),
    effect: "write",
  }),
} as const;
