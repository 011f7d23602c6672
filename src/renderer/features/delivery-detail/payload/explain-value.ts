import { checkShape, type ShapeFinding, shapeWords } from "#shared/api-video/check-shape.ts";
import { eventEntry } from "#shared/api-video/event-catalogue.ts";
import { fieldFacts } from "#shared/api-video/event-fields.ts";
import type { JsonIndex } from "#shared/json/json-columns.ts";
import { nameOf } from "./tree-rows.ts";

/** Bodies above this are not checked: api.video's have a few hundred bytes. */
export const MAX_CHECKED_BYTES = 64 * 1024;

/** How a body differs from what api.video documents; null where it is too long to be one of its events, or no JSON. */
export function readShape(bytes: Uint8Array): ShapeFinding[] | null {
  if (bytes.length > MAX_CHECKED_BYTES) return null;
  try {
    return checkShape(JSON.parse(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
  } catch {
    // Not JSON, which is said where the payload is shown.
    return null;
  }
}

/** What is said beside a value: what api.video documents of it, or how it differs from that. */
export interface Explanation {
  readonly text: string;
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
  if (finding !== undefined) return { text: shapeWords(finding), isDeviation: true };
  const unknownType = name === "type" && known.shape.find(({ kind }) => kind === "unknown-type");
  if (unknownType) return { text: shapeWords(unknownType), isDeviation: true };
  const entry = eventEntry(known.type);
  if (entry === undefined) return undefined;
  if (name === "type") return { text: `${entry.title}. ${entry.meaning}`, isDeviation: false };
  const facts = fieldFacts(name);
  return facts && { text: facts.meaning, isDeviation: false };
}
