import * as z from "zod";
import { Subject } from "./delivery.ts";

/**
 * An event that api.video must have sent by what it says of its videos and live streams, and of which no delivery is
 * kept. It is no delivery: its bytes were never seen.
 */
export const MissedEvent = z.object({
  /** The same event has the same id each time it is looked for. */
  id: z.string(),
  type: z.string(),
  /** A word or two that tell renditions apart: `hls 720p`. */
  detail: z.string().optional(),
  subject: Subject,
  /** What the video or live stream is called at api.video. */
  title: z.string().optional(),
  /** What api.video says and what is not here, in words for the user. */
  reason: z.string(),
  /** What `simulator.trigger` needs as its `set`, so that the event looks like the one that was missed. */
  set: z.record(z.string(), z.string()),
});
export type MissedEvent = z.infer<typeof MissedEvent>;

/** What a comparison of the account with the kept deliveries gave. */
export const Reconciliation = z.object({
  /** The time that was looked at. */
  from: z.string(),
  to: z.string(),
  missed: z.array(MissedEvent),
  checkedVideos: z.int(),
  checkedLiveStreams: z.int(),
  /** False where something was left out: `notes` say what, and what to do. */
  isComplete: z.boolean(),
  notes: z.array(z.string()),
});
export type Reconciliation = z.infer<typeof Reconciliation>;
