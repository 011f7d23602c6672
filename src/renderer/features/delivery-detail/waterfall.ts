import { type Attempt, verdictOf } from "#shared/domain/attempt.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { formatMs } from "../../theme/format.ts";

/** One step: where its bar lies (shares of its group's width), how long it took, and when it was done. */
export interface WaterfallStep {
  readonly id: string;
  readonly label: string;
  readonly bar: {
    readonly start: number;
    readonly width: number;
    /** It goes on beyond the scale, which would press all others flat. */
    readonly isBroken: boolean;
  };
  readonly tone: "info" | "ok" | "warn" | "bad";
  readonly tookMs: number;
  /** Milliseconds from the group's beginning to the step's end. */
  readonly doneMs: number;
}

/** Steps on one scale. `since` says what its zero is. */
export interface WaterfallGroup {
  readonly id: string;
  readonly title: string;
  readonly since: string;
  readonly spanMs: number;
  readonly steps: readonly WaterfallStep[];
}

export interface Waterfall {
  /** From the first byte: what the app did, and the forward that followed. */
  readonly first: WaterfallGroup;
  /** Replays, and what was sent much later: each begins at its own zero, so all are comparable. */
  readonly later: WaterfallGroup | null;
  /** Between the two: how long after the first byte the later ones begin. */
  readonly breakMs: number | null;
  /** Later attempts that are not drawn, the oldest ones. */
  readonly leftOut: number;
}

/** An attempt that began later than this is a story of its own. */
const SAME_STORY_MS = 10_000;
/** Thin enough to say "next to nothing", thick enough to be seen. */
const MIN_WIDTH = 0.012;
/** A forward that takes longer than so many times the app's own steps would press them flat. */
const MAX_STRETCH = 12;
const MAX_LATER = 6;

/** What happened when, drawn to scale. Steps that were not reached are left out. */
export function waterfall(delivery: DeliveryDetail): Waterfall {
  const zero = Date.parse(delivery.timings.firstByteAt);
  const startOf = ({ startedAt }: Attempt): number => Math.max(0, Date.parse(startedAt) - zero);
  const isFirst = (attempt: Attempt): boolean => attempt.kind === "forward" && startOf(attempt) <= SAME_STORY_MS;
  const later = delivery.attempts.filter((attempt) => !isFirst(attempt));
  const drawn = later.slice(-MAX_LATER);
  const own = ownSteps(delivery);
  const forwards = delivery.attempts.filter(isFirst).map((attempt) => {
    const startMs = startOf(attempt);
    return { ...attemptStep(attempt), startMs, endMs: startMs + attempt.ms };
  });
  return {
    first: toGroup("first", "First request", "since the first byte", own, forwards),
    later:
      drawn.length === 0
        ? null
        : toGroup(
            "later",
            "Sent again later",
            "since it was sent",
            [],
            drawn.map((attempt) => ({
              ...attemptStep(attempt),
              label: `${attemptStep(attempt).label}, ${formatMs(startOf(attempt))} later`,
              startMs: 0,
              endMs: attempt.ms,
            })),
          ),
    breakMs: drawn[0] === undefined ? null : startOf(drawn[0]),
    leftOut: later.length - drawn.length,
  };
}

interface Step {
  readonly id: string;
  readonly label: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly tone: WaterfallStep["tone"];
}

function toGroup(
  id: string,
  title: string,
  since: string,
  own: readonly Step[],
  sent: readonly Step[],
): WaterfallGroup {
  const steps = [...own, ...sent];
  const ownEnd = Math.max(...own.map(({ endMs }) => endMs), 0);
  const longest = Math.max(...steps.map(({ endMs }) => endMs), Number.MIN_VALUE);
  // Only what fits the scale makes it; without steps of the app's own, the longest does.
  const limit = ownEnd === 0 ? longest : Math.min(longest, Math.max(ownEnd, sent[0]?.startMs ?? 0) * MAX_STRETCH);
  const spanMs = Math.max(limit, Number.MIN_VALUE);
  return {
    id,
    title,
    since,
    spanMs,
    steps: steps.map(({ id, label, startMs, endMs, tone }) => {
      const isBroken = endMs > spanMs;
      const width = Math.max((Math.min(endMs, spanMs) - startMs) / spanMs, MIN_WIDTH);
      const start = Math.min(Math.max(startMs, 0) / spanMs, 1 - width);
      return { id, label, tone, bar: { start, width, isBroken }, tookMs: Math.max(0, endMs - startMs), doneMs: endMs };
    }),
  };
}

function ownSteps({ timings, answered, source }: DeliveryDetail): Step[] {
  const { lastByteMs, verifiedMs, committedMs, answeredMs } = timings;
  const steps: Step[] = [];
  // Of what was imported, a file tells no step but the answer.
  if (source !== "imported") {
    steps.push({ id: "received", label: "Received", startMs: 0, endMs: lastByteMs, tone: "info" });
    steps.push({ id: "verified", label: "Verified", startMs: lastByteMs, endMs: verifiedMs, tone: "info" });
  }
  if (committedMs !== null) {
    steps.push({ id: "stored", label: "On disk", startMs: verifiedMs, endMs: committedMs, tone: "info" });
  }
  if (answeredMs !== null) {
    const label = answered === null ? "Answered" : `Answered ${answered.status}`;
    steps.push({
      id: "answered",
      label,
      startMs: committedMs ?? verifiedMs,
      endMs: answeredMs,
      tone: answered !== null && answered.status >= 300 ? "bad" : "ok",
    });
  }
  return steps;
}

function attemptStep({ id, kind, outcome, fault }: Attempt): Pick<Step, "id" | "label" | "tone"> {
  const answer = outcome.kind === "answered" ? String(outcome.status) : outcome.reason;
  const label = `${kind === "forward" ? "Forwarded" : "Replayed"}${fault === undefined ? "" : " with a fault"}: ${answer}`;
  const failed = fault === undefined ? "bad" : "warn";
  return { id, label, tone: verdictOf(outcome) === "accepted" ? "ok" : failed };
}
