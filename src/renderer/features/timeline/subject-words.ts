import type { SubjectLookup, SubjectRef } from "#shared/domain/subject.ts";
import type { LiveState, SubjectTimeline } from "#shared/domain/subject-timeline.ts";
import { formatMs, formatPlural } from "../../theme/format.ts";

export const KIND_WORDS = { video: "Video", "live-stream": "Live stream" } as const;

export const LIVE_WORDS: Readonly<Record<LiveState, string>> = {
  live: "Live",
  ended: "Ended",
  unknown: "State unknown",
};

/** Ids of api.video have 24 characters, of which eight tell two apart. */
export function shortId({ id }: SubjectRef): string {
  return id.length > 12 ? `${id.slice(0, 8)}…` : id;
}

/** `5 of 6 events`, or `5 events so far` where nobody knows how many there will be. */
export function countWords({ seen, expected }: SubjectTimeline): string {
  return expected === null ? `${formatPlural(seen, "event")} so far` : `${seen} of ${formatPlural(expected, "event")}`;
}

/** `last 12 s ago`; null where nothing came. */
export function lastWords({ steps }: SubjectTimeline, now: number): string | null {
  const last = steps.at(-1);
  return last === undefined ? null : `last ${agoWords(now - last.at)}`;
}

function agoWords(ms: number): string {
  if (ms < 1_000) return "just now";
  return `${formatMs(Math.floor(ms / 1_000) * 1_000)} ago`;
}

/** What api.video says of it, in one line. */
export function lookupWords({ subject, isPlayable, isBroadcasting, qualities, ingest }: SubjectLookup): string {
  if (subject.kind === "live-stream") {
    if (isBroadcasting === null) return "api.video does not say whether it broadcasts";
    return isBroadcasting ? "Broadcasting, says api.video" : "Not broadcasting, says api.video";
  }
  const encoded = qualities.filter(({ status }) => status.toLowerCase() === "encoded").length;
  const words = [
    isPlayable ? "Playable" : "Not playable yet",
    qualities.length > 0 ? `${encoded} of ${formatPlural(qualities.length, "rendition")} encoded` : null,
    qualities.length === 0 && ingest !== null ? `source ${ingest}` : null,
  ];
  return words.filter((word) => word !== null).join(", ");
}
