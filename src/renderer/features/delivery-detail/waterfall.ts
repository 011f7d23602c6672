import { verdictOf } from "#shared/domain/attempt.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { formatMs } from "../../theme/format.ts";

/** One step of a delivery: where its bar lies (shares of the whole width) and what is said at its end. */
export interface WaterfallStep {
  readonly id: string;
  readonly label: string;
  /** Null for a step so much later that a bar would press all others flat. */
  readonly bar: { readonly start: number; readonly width: number } | null;
  readonly tone: "info" | "ok" | "bad";
  readonly value: string;
}

/** An attempt that began later than this is a story of its own. */
const SAME_STORY_MS = 10_000;
/** Thin enough to say "next to nothing", thick enough to be seen. */
const MIN_WIDTH = 0.012;

interface Step {
  readonly id: string;
  readonly label: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly tone: WaterfallStep["tone"];
  readonly value: string;
}

/** The steps from first byte to last answer, drawn to one scale. Steps that were not reached are left out. */
export function waterfall(delivery: DeliveryDetail): WaterfallStep[] {
  const steps = [...ownSteps(delivery), ...attemptSteps(delivery)];
  const shown = steps.filter(({ startMs }) => startMs <= SAME_STORY_MS);
  const spanMs = Math.max(...shown.map(({ endMs }) => endMs), Number.MIN_VALUE);
  return steps.map(({ id, label, startMs, endMs, tone, value }) => {
    if (startMs > SAME_STORY_MS) return { id, label, bar: null, tone, value: `${formatMs(startMs)} later · ${value}` };
    const width = Math.max((endMs - startMs) / spanMs, MIN_WIDTH);
    const start = Math.min(Math.max(startMs, 0) / spanMs, 1 - width);
    return { id, label, bar: { start, width }, tone, value };
  });
}

function ownSteps({ timings, answered }: DeliveryDetail): Step[] {
  const { lastByteMs, verifiedMs, committedMs, answeredMs } = timings;
  const steps = [toStep("Received", 0, lastByteMs), toStep("Verified", lastByteMs, verifiedMs)];
  if (committedMs !== null) steps.push(toStep("On disk", verifiedMs, committedMs));
  if (answeredMs !== null) {
    const label = answered === null ? "Answered" : `Answered ${answered.status}`;
    steps.push({ ...toStep(label, committedMs ?? verifiedMs, answeredMs), tone: "ok", value: formatMs(answeredMs) });
  }
  return steps;
}

function toStep(label: string, startMs: number, endMs: number): Step {
  return { id: label, label, startMs, endMs, tone: "info", value: formatMs(Math.max(0, endMs - startMs)) };
}

function attemptSteps({ attempts, timings }: DeliveryDetail): Step[] {
  const zero = Date.parse(timings.firstByteAt);
  return attempts.map(({ id, kind, startedAt, ms, outcome }) => {
    const startMs = Math.max(0, Date.parse(startedAt) - zero);
    const answer = outcome.kind === "answered" ? String(outcome.status) : outcome.reason;
    return {
      id,
      label: kind === "forward" ? "Forwarded" : "Replayed",
      startMs,
      endMs: startMs + ms,
      tone: verdictOf(outcome) === "accepted" ? "ok" : "bad",
      value: `${answer} · ${formatMs(ms)}`,
    };
  });
}
