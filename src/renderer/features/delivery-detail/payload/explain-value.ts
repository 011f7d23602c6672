import { checkShape, type ShapeFinding, shapeHint, shapeWords } from "#shared/api-video/check-shape.ts";
import { eventEntry } from "#shared/api-video/event-catalogue.ts";
import { fieldFacts } from "#shared/api-video/event-fields.ts";
import type { JsonIndex } from "#shared/json/json-columns.ts";
import { decodeUtf8 } from "#shared/utf8.ts";
import { nameOf } from "./tree-rows.ts";

/** Bodies above this are not checked: api.video's have a few hundred bytes. */
export const MAX_CHECKED_BYTES = 64 * 1024;

/** How a body differs from what api.video documents; null where it is too long to be one of its events, or no JSON. */
export function readShape(bytes: Uint8Array): ShapeFinding[] | null {
  if (bytes.length > MAX_CHECKED_BYTES) return null;
  try {
    return checkShape(JSON.parse(decodeUtf8(bytes)));
  } catch {
    // Not JSON, which is said where the payload is shown.
    return null;
  }
}

/** What is said beside a value: what api.video documents of it, or how it differs from that. */
export interface Explanation {
  readonly text: string;
  /** The same where there is room for a few words. */
  readonly hint: string;
  readonly isDeviation: boolean;
}

/** Explains the members of an event of api.video; undefined for what is deeper, and for events that nobody documented. */
export function explainValue(
  bytes: Uint8Array,
  index: JsonIndex,
  value: number,
  known: { type: string | null; shape: readonly ShapeFinding[] | null },
): Explanation | undefined {
  if (known.shape === null || index.depths[value] !== 1 || (index.keyEnds[value] ?? 0) === 0) return undefined;
  const name = nameOf(bytes, index, value);
  const finding = known.shape.find((one) => "field" in one && one.field === name && one.kind !== "missing-field");
  if (finding !== undefined) return deviation(finding);
  const unknownType = name === "type" && known.shape.find(({ kind }) => kind === "unknown-type");
  if (unknownType) return deviation(unknownType);
  const entry = eventEntry(known.type);
  if (entry === undefined) return undefined;
  const meaning = name === "type" ? `${entry.title}. ${entry.meaning}` : fieldFacts(name)?.meaning;
  return meaning === undefined ? undefined : { text: meaning, hint: meaning, isDeviation: false };
}

function deviation(finding: ShapeFinding): Explanation {
  return { text: shapeWords(finding), hint: shapeHint(finding), isDeviation: true };
}
