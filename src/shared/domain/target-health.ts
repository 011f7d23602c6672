import * as z from "zod";

/**
 * Whether something accepts a connection at a target. It says nothing of the handler, which is never called for it, and
 * is no reason not to send. refused: nothing may be sent there.
 */
export const TargetHealth = z.object({
  url: z.string(),
  state: z.enum(["checking", "up", "down", "refused"]),
  /** Since when it is so: ISO 8601. */
  since: z.string(),
  /** Why it is not up, and what to do. */
  message: z.string().optional(),
});
export type TargetHealth = z.infer<typeof TargetHealth>;
