import type { ComparedWith, RunResult, RunState, RunSummary } from "#shared/domain/run.ts";
import { pacingWords } from "#shared/domain/run-words.ts";
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
export function paceWords({ options: { order, pacing, concurrency, baseline, compareBody } }: RunSummary): string {
  return [
    order === "shuffled" ? "Shuffled" : "In order",
    pacingWords(pacing),
    concurrency === 1 ? "one at a time" : `${concurrency} at a time`,
    baseline === undefined ? "compared with the last attempt at the same target" : `compared with run ${baseline}`,
    compareBody === undefined ? "by status" : "by status and body",
  ].join(", ");
}
