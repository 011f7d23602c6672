import type { SignatureEncoding } from "#shared/domain/verification.ts";
import { visibleParts } from "../../ui/visible-parts.ts";

/** Characters of a digest that are all alike another's at their places, or all differ from it. */
export interface DigestRun {
  readonly offset: number;
  readonly text: string;
  readonly differs: boolean;
}

/** Two digests are read side by side in groups of this many. */
const GROUP_LENGTH = 8;
/** What comes in a header may be long; a signature is not. */
const MAX_SHOWN = 256;

/** Cuts a text of hex digits into groups of eight, any other not; each group into runs that differ from `other` at their places or do not. */
export function digestGroups(text: string, other: string | null): DigestRun[][] {
  const characters = [...text].slice(0, MAX_SHOWN);
  const others = other === null ? null : [...other];
  // Groups serve to count digits; what is no digits is one text.
  const groupLength = /^[0-9a-f]+$/i.test(text) ? GROUP_LENGTH : Number.POSITIVE_INFINITY;
  const groups: DigestRun[][] = [];
  for (const [offset, character] of characters.entries()) {
    if (offset % groupLength === 0) groups.push([]);
    const runs = groups.at(-1) ?? [];
    const differs = others !== null && others[offset] !== character;
    const last = runs.at(-1);
    const shown = withMarks(character);
    if (last?.differs === differs) runs[runs.length - 1] = { ...last, text: last.text + shown };
    else runs.push({ offset, text: shown, differs });
  }
  return groups;
}

/** How many of a digest's digits differ from the other's; null where the two are not both digests in hex. */
export function countDifferences(a: string | null, b: string | null): number | null {
  if (a === null || b === null || !isDigest(a) || !isDigest(b)) return null;
  return [...a].filter((digit, index) => digit !== b[index]).length;
}

/** True for what api.video writes: 64 lower-case hex digits. */
export function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** The characters of a text that can stand in no digest, by their places. */
export function strangePlaces(text: string): number[] {
  return [...text].flatMap((character, index) => (/[0-9a-f]/.test(character) ? [] : [index]));
}

/** Undoes the notations, outermost first, and writes what is left in hex. */
export function toHex(text: string, encodings: readonly SignatureEncoding[]): string {
  return encodings.reduce((rest, encoding) => UNDO[encoding](rest), text);
}

const UNDO: Readonly<Record<SignatureEncoding, (text: string) => string>> = {
  whitespace: (text) => text.trim(),
  prefix: (text) => text.replace(/^[a-z][a-z0-9_-]{0,19}[=:]\s*/i, ""),
  uppercase: (text) => text.toLowerCase(),
  base64: base64ToHex,
  base64url: (text) => base64ToHex(text.replaceAll("-", "+").replaceAll("_", "/")),
};

function base64ToHex(text: string): string {
  return [...atob(text)].map((character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

/** Also spaces, which in a header are mostly what is wrong. */
function withMarks(character: string): string {
  if (character === " ") return "·";
  return visibleParts(character)
    .map(({ text }) => text)
    .join("");
}
