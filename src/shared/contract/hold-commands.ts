import * as z from "zod";
import { HoldRule, HoldState } from "#shared/domain/hold.ts";
import { RequestEdits } from "#shared/domain/request-edits.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { command, DeliveryId, NoInput } from "./command.ts";
import { ReplaySign } from "./replay-commands.ts";

/** Deliveries that wait before they are forwarded, until the user says what is to become of them. */
export const holdCommands = {
  "hold.set": command({
    summary: "Hold the deliveries that a search finds, from now on, before they are forwarded; others pass",
    input: HoldRule.extend({
      query: z.string().max(MAX_QUERY_CHARS).default(""),
      /** How many, or null for all until `hold.clear`. */
      next: HoldRule.shape.next.default(1),
    }),
    output: HoldState,
    effect: "write",
  }),
  "hold.clear": command({
    summary: "Hold no further deliveries; those that are held stay so until they are released",
    input: NoInput,
    output: HoldState,
    effect: "write",
  }),
  "hold.release": command({
    summary: "Forward a held delivery, as it is or edited and signed anew, or drop it; it stays kept in any case",
    input: z.object({
      id: DeliveryId,
      action: z.enum(["send", "drop"]),
      /** As in `replay.send`; with one of these it is sent as a replay is. */
      target: z.string().max(2000).optional(),
      edits: RequestEdits.optional(),
      sign: ReplaySign.default("keep"),
    }),
    output: z.object({
      /** The delivery that was sent, which is a new one where it was edited; null where it was dropped. */
      sentId: z.string().nullable(),
    }),
    effect: "write",
  }),
} as const;
