import type { Gap } from "#shared/domain/gap.ts";
import type { SubjectTimeline } from "#shared/domain/subject-timeline.ts";

/** The gaps that lie within a subject's life, which goes on until now unless nothing came for long. */
export function gapsWithin(gaps: readonly Gap[], { steps, isQuiet }: SubjectTimeline, now: number): Gap[] {
  const first = steps[0]?.at;
  const last = steps.at(-1)?.at;
  if (first === undefined || last === undefined) return [];
  const end = isQuiet ? last : now;
  return gaps.filter(({ from, to }) => Date.parse(from) < end && (to === null || Date.parse(to) > first));
}
