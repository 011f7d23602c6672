import * as z from "zod";
import { command, Done } from "./command.ts";

/** A small video of this app's own at api.video, so that real events come. */
export const clipCommands = {
  "clip.upload": command({
    summary: "Upload a clip of one second to api.video, whose events then come through our webhook",
    input: z.object({
      /** Needed for every account that is not known to be for tests. */
      allowProduction: z.boolean().default(false),
    }),
    output: z.object({ videoId: z.string(), environment: z.string(), bytes: z.int() }),
    effect: "write",
  }),
  "clip.remove": command({
    summary: "Delete a clip that was uploaded since the start of the app; no other video",
    input: z.object({ videoId: z.string().min(1).max(200) }),
    output: Done,
    effect: "write",
  }),
} as const;
