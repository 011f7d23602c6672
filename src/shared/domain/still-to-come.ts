import type { SubjectLookup, SubjectRef } from "./subject.ts";
import type { StepKind, SubjectStep } from "./subject-steps.ts";

/**
 * How sure it is that an event comes. certain: api.video or an event before it says so. likely: api.video's guide says
 * so of most videos. possible: only if somebody asked for it. lost: api.video says that it happened, and no delivery of
 * it is kept. never: it failed at api.video, which sends no event for that.
 */
export type Certainty = "certain" | "likely" | "possible" | "lost" | "never";

/** An event that is not here. */
export interface ExpectedStep {
  readonly kind: StepKind;
  readonly key: string;
  /** `hls 720p`; empty where there is nothing to tell it apart by. */
  readonly detail: string;
  readonly certainty: Certainty;
  /** Why it is expected, in one sentence for the user. */
  readonly reason: string;
}

/** api.video's qualities (https://docs.api.video/vod/show-video-upload-status); a video has those up to its source's. */
const LADDER = [240, 360, 480, 720, 1080, 2160] as const;

/** What api.video's rules say is still to come for a subject, given what came and, where it was asked, what it says. */
export function stillToCome(
  subject: SubjectRef,
  steps: readonly SubjectStep[],
  lookup: SubjectLookup | null,
): ExpectedStep[] {
  // What was not whole was not acknowledged, so that api.video sends it again.
  const whole = steps.filter(({ flags }) => !flags.includes("incomplete"));
  return subject.kind === "video" ? ofVideo(whole, lookup) : ofLiveStream(whole, lookup);
}

function ofVideo(steps: readonly SubjectStep[], lookup: SubjectLookup | null): ExpectedStep[] {
  const kinds = new Set(steps.map(({ kind }) => kind));
  const isKnown = lookup !== null && lookup.qualities.length > 0;
  const renditions = isKnown ? renditionsOf(lookup) : guessedRenditions(steps);
  const keys = new Set(steps.map(({ key }) => key));
  const extras: ExpectedStep[] = [];
  if (!kinds.has("captions")) {
    extras.push(possible("captions", "Captions come only if a transcript was asked for, and there is speech in it."));
  }
  if (!kinds.has("summary")) {
    extras.push(possible("summary", "A summary comes only if one was asked for, after the captions."));
  }
  return [...renditions.filter(({ key }) => !keys.has(key)), ...extras];
}

function renditionsOf({ qualities }: SubjectLookup): ExpectedStep[] {
  return qualities.map(({ type, quality, status }) => {
    const detail = `${type} ${quality}`;
    const common = { kind: "rendition", key: `rendition ${detail.toLowerCase()}`, detail } as const;
    switch (status.toLowerCase()) {
      case "encoded":
        return {
          ...common,
          certainty: "lost",
          reason: `api.video has encoded ${detail}, and no delivery of it is kept: it was missed, or is on its way.`,
        };
      case "failed":
        return {
          ...common,
          certainty: "never",
          reason: `${detail} failed at api.video, which sends no event for that.`,
        };
      default:
        return { ...common, certainty: "certain", reason: `api.video says of ${detail}: ${status}.` };
    }
  });
}

/** Without api.video's word: every quality below one that came, and one mp4 at the source's own. */
function guessedRenditions(steps: readonly SubjectStep[]): ExpectedStep[] {
  const came = steps.filter(({ kind }) => kind === "rendition").map(({ key }) => readRendition(key));
  const lines = came.flatMap((rendition) => rendition?.lines ?? []);
  if (lines.length === 0) return [];
  const highest = Math.max(...lines);
  const ladder = LADDER.filter((each) => each <= highest).map((each) =>
    likely(`hls ${each}p`, `A video has every quality up to its source's, and ${highest}p came.`),
  );
  const hasMp4 = came.some((rendition) => rendition?.encoding === "mp4");
  const mp4: ExpectedStep = {
    ...likely("mp4", "One mp4 comes at the source's own quality, unless mp4 support is off."),
    key: "rendition mp4",
  };
  return hasMp4 ? ladder : [...ladder, mp4];
}

function readRendition(key: string): { encoding: string; lines: number | null } | null {
  const [, encoding, lines] = /^rendition (\S+)(?: (\d{2,4})p)?$/.exec(key) ?? [];
  if (encoding === undefined) return null;
  return { encoding, lines: lines === undefined ? null : Number(lines) };
}

function ofLiveStream(steps: readonly SubjectStep[], lookup: SubjectLookup | null): ExpectedStep[] {
  const last = steps.findLast(({ kind }) => kind === "live-started" || kind === "live-ended" || kind === "recorded");
  if (last?.kind === "live-started") {
    const isOver = lookup?.isBroadcasting === false && Date.parse(lookup.askedAt) > last.at;
    const end: ExpectedStep = {
      kind: "live-ended",
      key: "live-ended",
      detail: "",
      certainty: isOver ? "lost" : "certain",
      reason: isOver
        ? "api.video says that it is not broadcasting, and no end of it is kept: it was missed, or is on its way."
        : "The end is told some seconds after the streamer stops.",
    };
    return [end, recording("After the end, the recording is queued for encoding.")];
  }
  return last?.kind === "live-ended" ? [recording("The recording follows the end, and is then encoded.")] : [];
}

function recording(reason: string): ExpectedStep {
  return { kind: "recorded", key: "recorded", detail: "", certainty: "likely", reason };
}

function likely(detail: string, reason: string): ExpectedStep {
  return { kind: "rendition", key: `rendition ${detail}`, detail, certainty: "likely", reason };
}

function possible(kind: StepKind, reason: string): ExpectedStep {
  return { kind, key: kind, detail: "", certainty: "possible", reason };
}
