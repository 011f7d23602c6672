import { type Change, diff } from "@codemirror/merge";
import type { Found } from "#shared/compare/find-changes.ts";
import { MAX_DRAWN_CHARS, type TextPair } from "./compare-messages.ts";
import { formatJson } from "./format-json.ts";

/** A diff that takes too long becomes a coarser one. */
const DIFF = { scanLimit: 2_000, timeout: 1_000 };

/** What is drawn before the first difference of texts that are longer. */
const LEAD_CHARS = 400;

/**
 * Where two texts differ: laid out anew where that is wished and both are JSON, or exactly as they came. Of long texts
 * it is the part that begins shortly before the first difference.
 */
export function compareTexts({ before, after }: NonNullable<Found["texts"]>, wantsFormatted: boolean): TextPair {
  const [one, other] = [formatJson(before), formatJson(after)];
  const canFormat = one !== null && other !== null;
  const isFormatted = canFormat && wantsFormatted;
  return { ...(isFormatted ? comparePart(one, other) : comparePart(before, after)), isFormatted, canFormat };
}

function comparePart(before: string, after: string) {
  const isPart = Math.max(before.length, after.length) > MAX_DRAWN_CHARS;
  const start = isPart ? partStart(before, after) : 0;
  let [old, now] = [partFrom(before, start), partFrom(after, start)];
  const changes = [...diff(old, now, DIFF)];
  const last = changes.at(-1);
  // Where a part was cut off is no difference: it ends with the last stretch that both have.
  if (isPart && last !== undefined && changes.length > 1 && (last.toA === old.length || last.toB === now.length)) {
    [old, now] = [old.slice(0, last.fromA), now.slice(0, last.fromB)];
    changes.pop();
  }
  const firstLine = before.slice(0, start).split("\n").length;
  return { before: old, after: now, changes: toNumbers(changes), isPart, firstLine };
}

/** The line of the first difference, or a place shortly before it where that line is long. */
function partStart(before: string, after: string): number {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const lead = Math.max(0, same - LEAD_CHARS);
  const lineStart = before.lastIndexOf("\n", lead - 1) + 1;
  return lead - lineStart < LEAD_CHARS ? lineStart : wholeCharacterAt(before, lead);
}

function partFrom(text: string, start: number): string {
  return text.slice(start, wholeCharacterAt(text, start + MAX_DRAWN_CHARS));
}

/** Two halves of one character stay together. */
function wholeCharacterAt(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
}

function toNumbers(changes: readonly Change[]): Uint32Array {
  return Uint32Array.from(changes.flatMap(({ fromA, toA, fromB, toB }) => [fromA, toA, fromB, toB]));
}
