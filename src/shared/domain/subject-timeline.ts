import type { DeliverySummary } from "./delivery.ts";
import { type ExpectedStep, stillToCome } from "./still-to-come.ts";
import type { SubjectLookup, SubjectRef } from "./subject.ts";
import { type SubjectStep, toSteps } from "./subject-steps.ts";

/** What a live stream does, as far as its events or api.video say. */
export type LiveState = "live" | "ended" | "unknown";

/** One subject's life: what came, in its order, and what is still to come. */
export interface SubjectTimeline {
  readonly subject: SubjectRef;
  readonly steps: readonly SubjectStep[];
  readonly toCome: readonly ExpectedStep[];
  /** Different events that came: repeats count once. */
  readonly seen: number;
  /** How many there will be in all; null where that is not known. */
  readonly expected: number | null;
  readonly live: LiveState;
  /** Nothing came for so long that what did not come will hardly come. */
  readonly isQuiet: boolean;
}

/** Encoding may take as long as the video; beyond an hour nobody waits at the screen. */
const QUIET_AFTER_MS = 60 * 60_000;

/** `now`: epoch milliseconds. */
export function toTimeline(
  subject: SubjectRef,
  deliveries: readonly DeliverySummary[],
  lookup: SubjectLookup | null,
  now: number,
): SubjectTimeline {
  const steps = toSteps(deliveries, subject);
  const toCome = stillToCome(subject, steps, lookup);
  const seen = steps.filter(({ flags }) => !flags.includes("repeat") && !flags.includes("again")).length;
  const isKnown = lookup !== null && lookup.qualities.length > 0;
  const awaited = toCome.filter(({ certainty }) => certainty === "certain" || certainty === "lost").length;
  const last = steps.at(-1);
  return {
    subject,
    steps,
    toCome,
    seen,
    expected: isKnown ? seen + awaited : null,
    live: liveStateOf(steps, lookup),
    isQuiet: last !== undefined && now - last.at > QUIET_AFTER_MS,
  };
}

function liveStateOf(steps: readonly SubjectStep[], lookup: SubjectLookup | null): LiveState {
  const last = steps.findLast(({ kind }) => kind === "live-started" || kind === "live-ended" || kind === "recorded");
  // The newer of the two words counts.
  const asked = lookup?.isBroadcasting ?? null;
  if (asked !== null && lookup !== null && Date.parse(lookup.askedAt) > (last?.at ?? 0)) {
    return asked ? "live" : "ended";
  }
  if (last === undefined) return "unknown";
  return last.kind === "live-started" ? "live" : "ended";
}
