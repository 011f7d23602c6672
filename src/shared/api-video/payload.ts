import type { Subject } from "#shared/domain/delivery.ts";
import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { indexJson } from "#shared/json/json-index.ts";

/** What a list shows of a body. All of it is the sender's text, read leniently and trusted for nothing. */
export interface PayloadFacts {
  readonly type: string | null;
  readonly detail?: string;
  readonly emittedAt?: string;
  readonly subject: Subject;
}

/** Longer texts are no ids or names; they would only fill lists and indexes. */
const MAX_TEXT = 200;

/** What a body is that names no type, as `detail` says it. An empty one shows by its size. */
export const UNTYPED_BODIES = { binary: "binary", text: "not JSON", json: "JSON without a type" } as const;

const NOTHING: PayloadFacts = { type: null, subject: {} };

/**
 * Reads api.video's flat payload, or the tutorial's `{event, data}` shape. Anything else, JSON or not, gives no facts;
 * it never throws.
 */
export function readPayload(body: string): PayloadFacts {
  const json = parseObject(body);
  return json === null ? NOTHING : factsOf(json);
}

/** How much of a long body is looked at: api.video's fields come first, and the deliveries behind it wait meanwhile. */
const SCANNED_BYTES = 64 * 1024;
const SCANNED_VALUES = 1_000;

/**
 * The same of the beginning of a body that is too long to be parsed, or that was cut: what stands in its first 64 KiB
 * and first thousand values. A type further down is not found. Never throws.
 */
export function readPayloadStart(body: Uint8Array): PayloadFacts {
  const start = body.subarray(0, SCANNED_BYTES);
  const { kind, index } = indexJson(start, { isCut: true, maxValues: SCANNED_VALUES });
  if (kind === "broken" || index.kinds[0] !== JSON_KIND.object) return NOTHING;
  return factsOf(membersOf(start, index, 0, true));
}

function membersOf(bytes: Uint8Array, index: JsonIndex, container: number, isNested: boolean): Record<string, unknown> {
  const members: Record<string, unknown> = Object.create(null);
  const end = index.afters[container] ?? 0;
  for (let i = container + 1; i < end; i = index.afters[i] ?? end) {
    const key = parseText(bytes, index.keyStarts[i] ?? 0, index.keyEnds[i] ?? 0);
    if (key === undefined) continue;
    if (index.kinds[i] === JSON_KIND.string) members[key] = parseText(bytes, index.starts[i] ?? 0, index.ends[i] ?? 0);
    else if (index.kinds[i] === JSON_KIND.object && isNested) members[key] = membersOf(bytes, index, i, false);
  }
  return members;
}

/** The text of a JSON string; undefined for one that is longer than any that counts, or that was cut. */
function parseText(bytes: Uint8Array, start: number, end: number): string | undefined {
  // An escape writes one character with up to six bytes, UTF-8 with up to four.
  if (end - start > MAX_TEXT * 6 + 2) return undefined;
  try {
    return String(JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))));
  } catch {
    // The end of what was looked at runs through this text.
    return undefined;
  }
}

function factsOf(json: Record<string, unknown>): PayloadFacts {
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
  // Half a surrogate pair has no UTF-8: the store would give back another text than was told of first.
  return typeof value === "string" && value !== "" && value.length <= MAX_TEXT ? value.toWellFormed() : undefined;
}
