import type { ByteChange } from "#shared/domain/verification.ts";
import { readUtf8 } from "#shared/utf8.ts";
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

const CONTEXT_BYTES = 120;

export function receivedSpans(changes: readonly ByteChange[]): ByteSpan[] {
  return changes.map(({ offset, receivedBytes }) => ({ start: offset, length: receivedBytes }));
}

export function signedSpans(changes: readonly ByteChange[]): ByteSpan[] {
  return changes.map(({ signedOffset, signedBytes }) => ({ start: signedOffset, length: signedBytes }));
}

/**
 * Cuts the part of a body around its first changes, `maxBytes` long, into plain and marked pieces. White space in marks
 * is made visible, and bytes that are no UTF-8 are written as `\xff`.
 */
export function pieces(bytes: Uint8Array, spans: readonly ByteSpan[], maxBytes: number): BytePiece[] {
  const begin = Math.max(0, (spans[0]?.start ?? 0) - CONTEXT_BYTES);
  const end = Math.min(bytes.length, begin + maxBytes);
  const shown: BytePiece[] = [];
  const add = (from: number, to: number, isMarked: boolean): void => {
    if (to <= from) return;
    const part = bytes.subarray(from, to);
    const text = readUtf8(part) ?? decodeByCharacter(part);
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

/** For what is not UTF-8 throughout, or begins or ends inside of a character. */
function decodeByCharacter(bytes: Uint8Array): string {
  let text = "";
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes[at] ?? 0);
    const character = readUtf8(bytes.subarray(at, at + length));
    text += character ?? `\\x${(bytes[at] ?? 0).toString(16).padStart(2, "0")}`;
    at += character === null ? 1 : length;
  }
  return text;
}

/** By the first byte of a character in UTF-8. */
function characterLength(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}
