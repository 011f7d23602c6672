import { eventFacts } from "#shared/api-video/event-types.ts";
import type { DeliverySource, DeliverySummary, IncompleteReason } from "#shared/domain/delivery.ts";
import type { VerificationCause } from "#shared/domain/verification.ts";

/** What a delivery is called where there is room for two or three words; the sender's own text if nobody knows it. */
export function titleOf({ type, method, path }: Pick<DeliverySummary, "type" | "method" | "path">): string {
  return eventFacts(type)?.title ?? type ?? `${method} ${path}`;
}

/** The id of what it is about, short enough for a row. */
export function shortSubject({ subject }: Pick<DeliverySummary, "subject">): string | null {
  const id = subject.videoId ?? subject.liveStreamId;
  return id === undefined ? null : id.slice(0, 8);
}

/** What it is about: the whole id, and what kind of thing has it. */
export function subjectOf({ subject }: Pick<DeliverySummary, "subject">): { kind: string; id: string } | null {
  if (subject.videoId !== undefined) return { kind: "video", id: subject.videoId };
  return subject.liveStreamId === undefined ? null : { kind: "live stream", id: subject.liveStreamId };
}

/** Why a signature is not verified, in the few words that a row has room for. */
export const CAUSE_WORDS: Readonly<Record<VerificationCause, string>> = {
  "wrong-secret": "wrong secret",
  "reserialised-body": "re-serialised",
  "body-altered": "body altered",
  encoding: "encoding",
  "secret-form": "secret's form",
  algorithm: "algorithm",
  "malformed-signature": "malformed signature",
  "unknown-webhook": "unknown webhook",
  "no-match": "no match",
};

export const SOURCE_WORDS: Readonly<Record<DeliverySource, string>> = {
  received: "received",
  simulated: "simulated",
  edited: "edited",
  imported: "imported",
};

export const INCOMPLETE_WORDS: Readonly<Record<IncompleteReason, { word: string; meaning: string }>> = {
  cut: {
    word: "cut",
    meaning: "The body was over the limit. The sender was told 413, and the rest of the body was not kept.",
  },
  "broken-off": { word: "broken off", meaning: "The sender went away before the body was whole. It got no answer." },
  "timed-out": { word: "timed out", meaning: "The body took longer to come than the deadline. It was not accepted." },
  malformed: { word: "malformed", meaning: "The request's framing broke after its head. It was not accepted." },
};
