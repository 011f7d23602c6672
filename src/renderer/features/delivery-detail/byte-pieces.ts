import type { ByteChange } from "#shared/domain/verification.ts";
import { visibleParts } from "../../ui/visible-parts.ts";

/** A stretch of a body as text, `offset` bytes from its start. */
export interface BytePiece {
  readonly offset: number;
  readonly text: string;
  readonly isMarked: boolean;
}

/** Where a change lies in one of the two bodies, in bytes. */
export interface ByteSpan {
  readonly start: number;
  readonly length: number;
}

/** What is shown of a body: enough to see the changes, not the whole of a large one. */
const MAX_SHOWN_BYTES = 2_000;
const CONTEXT_BYTES = 120;

export function receivedSpans(changes: readonly ByteChange[]): ByteSpan[] {
  return changes.map(({ offset, received }) => ({ start: offset, length: byteLength(received) }));
}

export function signedSpans(changes: readonly ByteChange[]): ByteSpan[] {
  return changes.map(({ signedOffset, signed }) => ({ start: signedOffset, length: byteLength(signed) }));
}

/** Cuts the part of a body around its first changes into plain and marked pieces; white space in marks is made visible. */
export function pieces(bytes: Uint8Array, spans: readonly ByteSpan[]): BytePiece[] {
  const begin = Math.max(0, (spans[0]?.start ?? 0) - CONTEXT_BYTES);
  const end = Math.min(bytes.length, begin + MAX_SHOWN_BYTES);
  const shown: BytePiece[] = [];
  const add = (from: number, to: number, isMarked: boolean): void => {
    if (to <= from) return;
    const text = decode(bytes.subarray(from, to));
    shown.push({ offset: from, text: isMarked ? withVisibleSpace(text) : withMarks(text), isMarked });
  };
  if (begin > 0) shown.push({ offset: -1, text: "… ", isMarked: false });
  let at = begin;
  for (const { start, length } of spans) {
    if (start >= end) break;
    add(at, start, false);
    add(start, Math.min(start + length, end), true);
    at = Math.max(at, start + length);
  }
  add(at, end, false);
  if (end < bytes.length) shown.push({ offset: end, text: " …", isMarked: false });
  return shown;
}

function withVisibleSpace(text: string): string {
  return withMarks(text.replaceAll(" ", "·").replaceAll("\t", "\\t").replaceAll("\n", "\\n\n"));
}

/** Characters nobody sees, as the signs that stand for them elsewhere. */
function withMarks(text: string): string {
  return visibleParts(text, true)
    .map((part) => part.text)
    .join("");
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
