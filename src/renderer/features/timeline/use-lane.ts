import { useEffect, useMemo } from "react";
import { parseSubject } from "#shared/domain/subject.ts";
import { type SubjectTimeline, toTimeline } from "#shared/domain/subject-timeline.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { Loaded } from "../../state/app-state.ts";
import type { Lane, SubjectAnswer } from "../../state/timeline-state.ts";
import { useNow } from "../common/use-now.ts";

/** As often as "12 s ago" is worth reading anew, and as what is older is. */
const FRESH_MS = 2 * 60_000;
const FRESH_TICK_MS = 1_000;
const OLD_TICK_MS = 30_000;

export interface LaneView {
  readonly lane: Loaded<Lane>;
  readonly lookup: SubjectAnswer;
  /** Null until the lane is loaded. */
  readonly timeline: SubjectTimeline | null;
  readonly now: number;
}

const NONE = { kind: "none" } as const;

/** Watches a subject, named as `formatSubject` does, as long as the component is there. */
export function useLane(name: string): LaneView {
  const app = useApp();
  const lane = useAppState(({ timeline }) => timeline.lanes[name]) ?? NONE;
  const lookup = useAppState(({ timeline }) => timeline.lookups[name]) ?? NONE;
  const newest = lane.kind === "ready" ? lane.value.deliveries[0]?.receivedAt : undefined;
  const newestAt = newest === undefined ? 0 : Date.parse(newest);
  const isFresh = Date.now() - newestAt < FRESH_MS;
  const now = Math.max(useNow(isFresh ? FRESH_TICK_MS : OLD_TICK_MS, newestAt > 0), newestAt);

  useEffect(() => {
    const subject = parseSubject(name);
    return subject === null ? undefined : app.timeline.watch(subject);
  }, [app, name]);

  const timeline = useMemo(() => {
    const subject = parseSubject(name);
    if (lane.kind !== "ready" || subject === null) return null;
    return toTimeline(subject, lane.value.deliveries, lookup.kind === "ready" ? lookup.value : null, now);
  }, [name, lane, lookup, now]);
  return { lane, lookup, timeline, now };
}
