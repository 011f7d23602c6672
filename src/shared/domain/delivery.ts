import * as z from "zod";
import { AnsweredBy } from "./answered-by.ts";
import { Attempt, LastAttempt } from "./attempt.ts";
import { HeaderPairs } from "./headers.ts";
import { Diagnosis, Verification } from "./verification.ts";

export const DeliverySource = z.enum(["received", "simulated", "edited", "imported"]);
export type DeliverySource = z.infer<typeof DeliverySource>;

/** True for what came over the wire; what the user edited or imported is no news to them. */
export function hasArrived({ source }: { readonly source: DeliverySource }): boolean {
  return source === "received" || source === "simulated";
}

/**
 * Why a delivery is not whole. cut: over the body limit. broken-off: the sender went away. timed-out: it took longer
 * than the deadline. malformed: its framing broke after the head.
 */
export const IncompleteReason = z.enum(["cut", "broken-off", "timed-out", "malformed"]);
export type IncompleteReason = z.infer<typeof IncompleteReason>;

/** What the body says it is about; both ids are unverified text of the sender. */
export const Subject = z.object({ videoId: z.string().optional(), liveStreamId: z.string().optional() });
export type Subject = z.infer<typeof Subject>;

/** Ids are `d` and a number that grows with each delivery: by it they are in the order in which they came. */
export function deliveryNumber(id: string): number {
  return Number(id.slice(1));
}

export const DeliverySummary = z.object({
  id: z.string(),
  /** ISO 8601, UTC: when its first byte came. */
  receivedAt: z.string(),
  source: DeliverySource,
  originId: z.string().optional(),
  pinned: z.boolean(),
  note: z.string().optional(),
  incomplete: IncompleteReason.optional(),
  method: z.string(),
  /** With its query, as received. */
  path: z.string(),
  /** The body's `type` (or the tutorial dialect's `event`); null where it has none. Any text, known or not. */
  type: z.string().nullable(),
  /** A word or two that tell renditions apart in a list: `hls 720p`, `en`. */
  detail: z.string().optional(),
  /** The body's `emittedAt`, exactly as it stood there: sources disagree on its form. */
  emittedAt: z.string().optional(),
  subject: Subject,
  verification: Verification,
  webhookId: z.string().optional(),
  /** What we answered, and how long after the first byte; null where no answer went out or it is not known. */
  answered: z.object({ status: z.int(), ms: z.number(), by: AnsweredBy.optional() }).nullable(),
  bodyBytes: z.int(),
  /** The earlier delivery this one repeats: same webhook, same body, within a minute. */
  duplicateOf: z.string().optional(),
  attempts: z.int(),
  lastAttempt: LastAttempt.optional(),
});
export type DeliverySummary = z.infer<typeof DeliverySummary>;

/** Milliseconds after the first byte; null where the step was not reached or its time was lost with a crash. */
export const Timings = z.object({
  firstByteAt: z.string(),
  lastByteMs: z.number(),
  verifiedMs: z.number(),
  committedMs: z.number().nullable(),
  answeredMs: z.number().nullable(),
});
export type Timings = z.infer<typeof Timings>;

/** One of the times that the sender tried to get an event across. */
export const Try = DeliverySummary.pick({ id: true, receivedAt: true, answered: true, incomplete: true });
export type Try = z.infer<typeof Try>;

/** `deliveries.get`: the summary's count of attempts gives way to the attempts themselves, oldest first. */
export const DeliveryDetail = DeliverySummary.omit({ attempts: true }).extend({
  headers: HeaderPairs,
  timings: Timings,
  /** Lowercase hex. */
  bodySha256: z.string(),
  attempts: z.array(Attempt),
  /** This delivery and those that repeat it, or that it repeats, oldest first; absent where it came once. */
  tries: z.array(Try).optional(),
  diagnosis: Diagnosis,
});
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;

export const DeliveryCounts = z.object({
  total: z.int(),
  verified: z.int(),
  failed: z.int(),
  unsigned: z.int(),
  unchecked: z.int(),
  /** How many of all stay when the others are cleared. */
  pinned: z.int().optional(),
  /** Bytes of bodies and headers kept, the figure retention goes by. */
  bytes: z.int(),
});
export type DeliveryCounts = z.infer<typeof DeliveryCounts>;
