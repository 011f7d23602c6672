import type { Subject } from "#shared/domain/delivery.ts";

/** What a list shows of a body. All of it is the sender's text, read leniently and trusted for nothing. */
export interface PayloadFacts {
  readonly type: string | null;
  readonly detail?: string;
  readonly emittedAt?: string;
  readonly subject: Subject;
}

/** Longer texts are no ids or names; they would only fill lists and indexes. */
const MAX_TEXT = 200;

const NOTHING: PayloadFacts = { type: null, subject: {} };

/**
 * Reads api.video's flat payload, or the tutorial's `{event, data}` shape. Anything else, JSON or not, gives no facts;
 * it never throws.
 */
export function readPayload(body: string): PayloadFacts {
  const json = parseObject(body);
  if (json === null) return NOTHING;
  const data = isObject(json["data"]) && typeof json["event"] === "string" ? json["data"] : json;
  const detail = detailOf(data);
  const emittedAt = text(json["emittedAt"]);
  const videoId = text(data["videoId"]);
  const liveStreamId = text(data["liveStreamId"]);
  return {
    type: text(json["type"]) ?? text(json["event"]) ?? null,
    ...(detail && { detail }),
    ...(emittedAt && { emittedAt }),
    subject: { ...(videoId && { videoId }), ...(liveStreamId && { liveStreamId }) },
  };
}

function detailOf(data: Record<string, unknown>): string | undefined {
  const words = [text(data["encoding"]), text(data["quality"]), text(data["language"])].filter((word) => word);
  return words.length > 0 ? words.join(" ") : undefined;
}

function parseObject(body: string): Record<string, unknown> | null {
  if (!/^\s*\{/.test(body)) return null;
  try {
    const json: unknown = JSON.parse(body);
    return isObject(json) ? json : null;
  } catch {
    // Not JSON: the delivery is kept and shown like any other, it just says nothing of itself.
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= MAX_TEXT ? value : undefined;
}
