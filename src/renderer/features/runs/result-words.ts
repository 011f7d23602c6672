import type { ComparedWith, RunResult, RunState, RunSummary } from "#shared/domain/run.ts";
import { pacingWords, planFaultWords } from "#shared/domain/run-words.ts";
import { formatPlural } from "../../theme/format.ts";
import type { Tone } from "../../ui/badge.tsx";

export const STATE_WORDS: Readonly<Record<RunState, { readonly word: string; readonly tone: Tone }>> = {
  waiting: { word: "Waiting", tone: "info" },
  going: { word: "Going", tone: "info" },
  paused: { word: "Paused", tone: "warn" },
  cancelled: { word: "Cancelled", tone: "muted" },
  done: { word: "Done", tone: "ok" },
};

/** What the user calls it, or its number. */
export function runName({ id, name }: Pick<RunSummary, "id" | "name">): string {
  return name ?? `Run ${id}`;
}

/** What it sends: `4 deliveries`; `4 sendings` where some may be sent more than once. */
export function sizeWords({ total, options: { fault, target } }: RunSummary): string {
  return fault?.kind === "duplicate" || target === null
    ? formatPlural(total, "sending")
    : formatPlural(total, "delivery", "deliveries");
}

/** Which sending of its delivery it is: `2 of 3`. Null where there is only the one. */
export function copyWords({ copy, fault }: Pick<RunResult, "copy" | "fault">): string | null {
  return fault?.kind === "duplicate" ? `${copy} of ${fault.times}` : null;
}

/** What came back, in a word or two. */
export function answerWords({ outcome, status, reason }: Pick<RunResult, "outcome" | "status" | "reason">): string {
  if (outcome === "waiting") return "Waiting";
  if (outcome === "unsent") return "Not sent";
  return reactionWords({ status, reason });
}

/** `500`, or `No answer: timeout`. */
export function reactionWords({ status, reason }: Pick<ComparedWith, "status" | "reason">): string {
  return status === null ? `No answer: ${reason ?? "unknown"}` : String(status);
}

/** How a run goes, besides what and where to. */
export function paceWords({ options }: RunSummary): string {
  const { order, pacing, concurrency, baseline, compareBody, fault } = options;
  return [
    order === "shuffled" ? "Shuffled" : "In order",
    pacingWords(pacing),
    concurrency === 1 ? "one at a time" : `${concurrency} at a time`,
    baseline === undefined ? "compared with the last attempt at the same target" : `compared with run ${baseline}`,
    compareBody === undefined ? "by status" : "by status and body",
    ...(fault === undefined ? [] : [planFaultWords(fault)]),
  ].join(", ");
}
