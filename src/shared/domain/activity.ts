import * as z from "zod";
import { VerificationState } from "./verification.ts";

/** How many deliveries of a stretch of time are in each state. */
export const ActivityCounts = z.record(VerificationState, z.int());
export type ActivityCounts = z.infer<typeof ActivityCounts>;

/** How far back the chart above the list looks. */
export const ActivityRange = z.enum(["20m", "2h", "24h", "all"]);
export type ActivityRange = z.infer<typeof ActivityRange>;
