import { DeliverySource } from "#shared/domain/delivery.ts";
import { VerificationCause, VerificationState } from "#shared/domain/verification.ts";
import type { QueryKey } from "./query.ts";
import { parseMoment, TIME_FORMS } from "./times.ts";
import { FLAGS, isDeliveryId, parseStatus, STATUS_FORMS } from "./values.ts";

/** What a key asks for, what it takes, and how both are said. */
export interface KeyFacts {
  /** One line for suggestions and help. */
  readonly meaning: string;
  readonly example: string;
  /** The values it takes, where they can be listed; or in words. Neither: any text. */
  readonly options?: readonly string[];
  readonly forms?: string;
  readonly isValid: (value: string) => boolean;
  /** True where two values would make no sense. */
  readonly isSingle?: boolean;
}

export const KEY_FACTS: Readonly<Record<QueryKey, KeyFacts>> = {
  type: { meaning: "Event type, its beginning, or a word of its title", example: "type:live-stream", isValid: isText },
  sig: oneOf("What the signature check found", "sig:failed", VerificationState.options),
  cause: oneOf("Why a signature does not fit", "cause:reserialised-body", VerificationCause.options),
  status: {
    meaning: "How your server answered last",
    example: "status:5xx",
    forms: STATUS_FORMS,
    isValid: (value) => parseStatus(value) !== null,
  },
  video: { meaning: "Video id, or its beginning", example: "video:vi4k0jvEUuaTdRAEjQ4J", isValid: isText },
  live: { meaning: "Live stream id, or its beginning", example: "live:li400mYKSgQ6xs7taUeSaEKr", isValid: isText },
  path: { meaning: "Path of the request, or its beginning", example: "path:/hooks/video", isValid: isText },
  after: moment("Received at this time or later", "after:10m"),
  before: moment("Received before this time", "before:14:02"),
  is: oneOf("Pinned, noted, incomplete, a repeat, imported…", "is:pinned", FLAGS),
  id: { meaning: "Delivery id", example: "id:d12", forms: "an id such as d12", isValid: isDeliveryId },
  webhook: {
    meaning: "Id of the webhook it names, or its beginning",
    example: "webhook:webhook_4Tq",
    isValid: isText,
  },
  source: oneOf("Where it came from", "source:simulated", DeliverySource.options),
  note: { meaning: "Words of your note", example: "note:flaky", isValid: isText },
};

function oneOf(meaning: string, example: string, options: readonly string[]): KeyFacts {
  return { meaning, example, options, isValid: (value) => options.includes(value) };
}

function moment(meaning: string, example: string): KeyFacts {
  return { meaning, example, forms: TIME_FORMS, isSingle: true, isValid: (value) => parseMoment(value) !== null };
}

function isText(value: string): boolean {
  return value.trim() !== "";
}

/** What a key is tried as: the list's headings, and the words for it elsewhere. */
export const KEYS_BY_OTHER_NAMES: ReadonlyMap<string, QueryKey> = new Map([
  ["answer", "status"],
  ["code", "status"],
  ["response", "status"],
  ["event", "type"],
  ["signature", "sig"],
  ["state", "sig"],
  ["reason", "cause"],
  ["stream", "live"],
  ["livestreamid", "live"],
  ["url", "path"],
  ["since", "after"],
  ["received", "after"],
  ["until", "before"],
  ["delivery", "id"],
]);
