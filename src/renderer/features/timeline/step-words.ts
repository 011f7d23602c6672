import { eventFacts } from "#shared/api-video/event-types.ts";
import type { Certainty, ExpectedStep } from "#shared/domain/still-to-come.ts";
import type { StepFlag, StepKind, SubjectStep } from "#shared/domain/subject-steps.ts";
import { formatCount, formatPlural } from "../../theme/format.ts";

const LABELS: Readonly<Record<Exclude<StepKind, "rendition" | "other">, string>> = {
  "live-started": "live",
  "live-ended": "end",
  recorded: "rec",
  captions: "cc",
  summary: "sum",
};

const TITLES: Readonly<Record<Exclude<StepKind, "rendition" | "other">, string>> = {
  "live-started": "Live started",
  "live-ended": "Live ended",
  recorded: "Recording",
  captions: "Captions",
  summary: "Summary",
};

/** What stands in a mark: `720`, `mp4`, `cc`. Four characters at most, all of them to be seen. */
export function markLabel(kind: StepKind, detail: string | undefined): string {
  if (kind === "other") return "?";
  if (kind !== "rendition") return LABELS[kind];
  const [encoding = "", quality] = (detail ?? "").toLowerCase().split(" ");
  const lines = /^(\d{2,4})p$/.exec(quality ?? "")?.[1];
  if (encoding === "hls" && lines !== undefined) return lines;
  return /^[\w-]{1,4}/.exec(encoding)?.[0] ?? "?";
}

/** `Rendition ready, hls 720p`. */
export function stepTitle({ delivery: { type, detail } }: Pick<SubjectStep, "delivery">): string {
  const title = eventFacts(type)?.title ?? type ?? "No event type";
  return detail === undefined ? title : `${title}, ${detail}`;
}

/** `hls 720p`, `Captions`. */
export function expectedTitle({ kind, detail }: Pick<ExpectedStep, "kind" | "detail">): string {
  if (kind === "rendition") return detail;
  return kind === "other" ? "Another event" : TITLES[kind];
}

export const FLAG_WORDS: Readonly<Record<StepFlag, { readonly word: string; readonly meaning: string }>> = {
  failed: { word: "failed signature", meaning: "Its signature does not fit." },
  refused: { word: "not accepted by your server", meaning: "Your server did not answer 2xx." },
  incomplete: { word: "incomplete", meaning: "The request was not whole." },
  repeat: { word: "repeat", meaning: "The same request came before, within a minute." },
  again: { word: "told again", meaning: "The same event came before, in other bytes or long ago." },
  late: { word: "out of order", meaning: "Emitted before something that had already arrived." },
};

/** `2 failed signatures`, `1 repeat`, `3 out of order`. */
export function countFlag(flag: StepFlag, count: number): string {
  const { word } = FLAG_WORDS[flag];
  const isThing = flag === "failed" || flag === "repeat";
  return isThing ? formatPlural(count, word) : `${formatCount(count)} ${word}`;
}

/** In the order in which they are told. */
export const FLAGS = ["failed", "refused", "incomplete", "late", "again", "repeat"] as const satisfies StepFlag[];

/** Below a mark: one word that fits there. */
export const CERTAINTY_WORD: Readonly<Record<Certainty, string>> = {
  certain: "to come",
  likely: "likely",
  possible: "if asked",
  lost: "missing",
  never: "failed",
};

/** What comes before the names of what is still to come. Quiet: so long after the last event that it hardly comes. */
export function certaintyTitle(certainty: Certainty, isQuiet: boolean): string {
  switch (certainty) {
    case "certain":
      return isQuiet ? "Did not come yet" : "To come";
    case "likely":
      return isQuiet ? "Did not come" : "Likely to come";
    case "possible":
      return "Only if asked for";
    case "lost":
      return "Missing here";
    case "never":
      return "Failed at api.video";
  }
}
