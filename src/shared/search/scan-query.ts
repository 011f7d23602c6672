import type { Span } from "./query.ts";

/** A text in the query, without its quotes; the span has them. */
export interface Piece extends Span {
  readonly text: string;
}

/** A term as it is written, before anybody asks whether it means something. */
export interface RawTerm extends Span {
  readonly isNegated: boolean;
  /** What stands before `:` or `=`; null for plain text, which then is the only value. */
  readonly head: (Piece & { readonly sign: ":" | "=" }) | null;
  readonly values: readonly Piece[];
  /** Where the quotes are at fault. */
  readonly fault: (Span & { readonly kind: "unclosed" | "glued" }) | null;
}

/** A scheme like `http://` is no key. */
const KEY = /[a-z][a-z_-]*:(?!\/\/)/iy;
/** `quality=`, `data.items[0].id=`; what begins otherwise, such as `/path?a=b`, is text. */
const PATH = /(?:[\p{L}_$][\p{L}\p{N}_$-]*|\[\d*\])(?:\.[\p{L}\p{N}_$-]+|\[\d*\])*=/uy;
const SPACE = /\s/;

/** Cuts a query into its terms. Takes any text; spans never overlap and come in order. */
export function scanQuery(query: string): RawTerm[] {
  const terms: RawTerm[] = [];
  let at = 0;
  while (at < query.length) {
    if (SPACE.test(query.charAt(at))) {
      at += 1;
      continue;
    }
    const term = scanTerm(query, at);
    terms.push(term);
    at = term.end;
  }
  return terms;
}

function scanTerm(query: string, start: number): RawTerm {
  const isNegated = query.charAt(start) === "-" && isInWord(query, start + 1) && query.charAt(start + 1) !== "-";
  const at = isNegated ? start + 1 : start;
  const head = matchAt(KEY, query, at) ?? matchAt(PATH, query, at);
  if (head === null) {
    const { value, fault, end } = scanText(query, at);
    return { start, end, isNegated, head: null, values: [value], fault };
  }
  const headEnd = at + head.length;
  // A KEY ends in a colon, a PATH in an equals sign.
  const sign = head.endsWith(":") ? ":" : "=";
  const { values, fault, end } = scanValues(query, headEnd);
  return { start, end, isNegated, head: { start: at, end: headEnd, text: head.slice(0, -1), sign }, values, fault };
}

function scanText(query: string, at: number): { value: Piece; fault: RawTerm["fault"]; end: number } {
  const quoted = query.charAt(at) === '"' ? scanQuoted(query, at) : null;
  if (quoted === "unclosed") {
    const end = query.length;
    return { value: { start: at, end, text: query.slice(at + 1) }, fault: { start: at, end, kind: "unclosed" }, end };
  }
  // `"quality":"720p"`, pasted from a body, is no quoted word but text as it stands.
  if (quoted !== null && !isInWord(query, quoted.end)) return { value: quoted, fault: null, end: quoted.end };
  // It ends after its first quotes at the earliest: a space in them must not leave one that is not closed.
  const end = endOf(query, quoted?.end ?? at, false);
  return { value: { start: at, end, text: query.slice(at, end) }, fault: null, end };
}

function scanValues(query: string, start: number): Pick<RawTerm, "values" | "fault" | "end"> {
  const values: Piece[] = [];
  let at = start;
  for (;;) {
    const quoted = query.charAt(at) === '"' ? scanQuoted(query, at) : null;
    if (quoted === "unclosed") {
      return { values, fault: { start: at, end: query.length, kind: "unclosed" }, end: query.length };
    }
    const end = quoted?.end ?? endOf(query, at, true);
    values.push(quoted ?? { start: at, end, text: query.slice(at, end) });
    if (query.charAt(end) === ",") {
      at = end + 1;
      continue;
    }
    if (!isInWord(query, end)) return { values, fault: null, end };
    const wordEnd = endOf(query, end, false);
    return { values, fault: { start: end, end: wordEnd, kind: "glued" }, end: wordEnd };
  }
}

/** From the quote on; a backslash takes the next character as it is. */
function scanQuoted(query: string, start: number): Piece | "unclosed" {
  let text = "";
  for (let at = start + 1; at < query.length; at++) {
    const character = query.charAt(at);
    if (character === '"') return { start, end: at + 1, text };
    if (character === "\\") at += 1;
    text += query.charAt(at);
  }
  return "unclosed";
}

function endOf(query: string, start: number, isCommaTheEnd: boolean): number {
  let at = start;
  while (isInWord(query, at) && !(isCommaTheEnd && query.charAt(at) === ",")) at += 1;
  return at;
}

function isInWord(query: string, at: number): boolean {
  return at < query.length && !SPACE.test(query.charAt(at));
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
