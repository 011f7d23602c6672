import * as z from "zod";
import { Attempt } from "#shared/domain/attempt.ts";
import { command, DeliveryId } from "./command.ts";

/** Sending what was captured to the developer's own server. */
export const replayCommands = {
  "replay.send": command({
    summary: "Send a stored delivery again, byte for byte; answers when the attempt has ended",
    input: z.object({ id: DeliveryId, target: z.string().max(2000).optional() }),
    output: Attempt,
    effect: "write",
  }),
} as const;
