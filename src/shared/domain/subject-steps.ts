import type { DeliverySummary } from "./delivery.ts";
import { isAbout, type SubjectRef } from "./subject.ts";

export type StepKind =
  | "rendition"
  | "live-started"
  | "live-ended"
  | "recorded"
  | "captions"
  | "summary"
  /** A type that nobody knows, or none at all. */
  | "other";

/**
 * What is to be said of a step besides that it came. repeat: the very same request again, within a minute. again: the same
 * event in other bytes, or later. late: emitted before something that had already arrived. failed: its signature does
 * not fit. refused: the user's server did not accept it. incomplete: the request was not whole.
 */
export type StepFlag = "repeat" | "again" | "late" | "failed" | "refused" | "incomplete";

/** One delivery as a step in its subject's life. */
export interface SubjectStep {
  readonly delivery: DeliverySummary;
  readonly kind: StepKind;
  /** Steps with the same key tell the same. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly flags: readonly StepFlag[];
}

const KINDS: Readonly<Record<string, StepKind>> = {
  "video.encoding.quality.completed": "rendition",
  "live-stream.broadcast.started": "live-started",
  "live-stream.broadcast.ended": "live-ended",
  "video.source.recorded": "recorded",
  "video.caption.generated": "captions",
  "video.summary.generated": "summary",
};

export function stepKindOf(type: string | null): StepKind {
  return type !== null && Object.hasOwn(KINDS, type) ? (KINDS[type] ?? "other") : "other";
}

/** A live stream can start and end as often as it likes; all else happens once. */
const HAPPENS_ONCE: ReadonlySet<StepKind> = new Set(["rendition", "recorded", "captions", "summary"]);

/**
 * The deliveries of one subject as steps, in the order in which they came, whatever the order they are given in. A live
 * stream's own steps leave out what its recordings got: those have lanes of their own.
 */
export function toSteps(deliveries: readonly DeliverySummary[], subject: SubjectRef): SubjectStep[] {
  const seenKeys = new Set<string>();
  let latest: EmittedTime | null = null;
  return inOrderOfArrival(deliveries.filter((delivery) => isOwnStep(delivery, subject))).map((delivery) => {
    const kind = stepKindOf(delivery.type);
    const key = keyOf(kind, delivery);
    const flags = new Set<StepFlag>();
    const isRepeat = delivery.duplicateOf !== undefined;
    if (isRepeat) flags.add("repeat");
    else if (HAPPENS_ONCE.has(kind) && seenKeys.has(key)) flags.add("again");
    seenKeys.add(key);
    const emitted = readEmitted(delivery.emittedAt);
    // A repeat is as old as what it repeats, and says so already; what was made here came from nowhere late.
    if (emitted !== null && !isRepeat && delivery.source !== "edited") {
      if (latest !== null && isBefore(emitted, latest)) flags.add("late");
      else latest = emitted;
    }
    if (delivery.verification.state === "failed") flags.add("failed");
    if (delivery.incomplete !== undefined) flags.add("incomplete");
    if (isRefused(delivery)) flags.add("refused");
    return { delivery, kind, key, at: Date.parse(delivery.receivedAt), flags: [...flags] };
  });
}

function isOwnStep({ subject: named, type }: DeliverySummary, subject: SubjectRef): boolean {
  if (!isAbout(named, subject)) return false;
  return subject.kind === "video" || named.videoId === undefined || stepKindOf(type) === "recorded";
}

/** What a server makes of a fault that was put in on purpose is no failure. */
function isRefused({ lastAttempt }: DeliverySummary): boolean {
  return lastAttempt !== undefined && lastAttempt.verdict !== "accepted" && lastAttempt.fault === undefined;
}

function inOrderOfArrival(deliveries: readonly DeliverySummary[]): DeliverySummary[] {
  return deliveries.toSorted((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt) || rowOf(a) - rowOf(b));
}

/** Ids count up; within one millisecond they tell the order. */
function rowOf({ id }: DeliverySummary): number {
  return Number(id.replace(/^\D+/, "")) || 0;
}

/** Upper and lower case of a rendition's name differ between api.video's own texts. */
function keyOf(kind: StepKind, { type, detail, subject }: DeliverySummary): string {
  const what = kind === "recorded" ? (subject.videoId ?? "") : (detail ?? "").toLowerCase();
  return `${kind === "other" ? (type ?? "") : kind} ${what}`.trimEnd();
}

interface EmittedTime {
  readonly ms: number;
  /** Some of api.video's own samples have whole seconds only, others nanoseconds. */
  readonly isWholeSecond: boolean;
}

function readEmitted(text: string | undefined): EmittedTime | null {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : { ms, isWholeSecond: !/:\d\d[.,]\d/.test(text ?? "") };
}

/** As far as both say: a time of whole seconds is before another only where its second is. */
function isBefore(one: EmittedTime, other: EmittedTime): boolean {
  if (!one.isWholeSecond && !other.isWholeSecond) return one.ms < other.ms;
  return Math.floor(one.ms / 1_000) < Math.floor(other.ms / 1_000);
}
