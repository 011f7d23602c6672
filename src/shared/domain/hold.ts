import * as z from "zod";

/** More deliveries than this never wait at a time: further ones pass. */
export const MAX_HELD = 100;

/** Which deliveries are held before they are forwarded. */
export const HoldRule = z.object({
  /** A search; empty for all. */
  query: z.string(),
  /** How many more are held before the rule ends by itself; null for all that match. */
  next: z.int().min(1).nullable(),
});
export type HoldRule = z.infer<typeof HoldRule>;

/** A delivery that is answered and stored, and whose forward waits for the user. */
export const HeldDelivery = z.object({
  deliveryId: z.string(),
  /** ISO 8601, UTC. */
  since: z.string(),
});
export type HeldDelivery = z.infer<typeof HeldDelivery>;

/** What waits, oldest first, and what is still to be held; both end with the app. */
export const HoldState = z.object({ rule: HoldRule.nullable(), held: z.array(HeldDelivery) });
export type HoldState = z.infer<typeof HoldState>;
