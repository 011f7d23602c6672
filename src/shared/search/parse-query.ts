import { KEY_FACTS, KEYS_BY_OTHER_NAMES } from "./keys.ts";
import { nearest } from "./nearest.ts";
import {
  MAX_TERM_VALUES,
  type ParsedQuery,
  QUERY_KEYS,
  type QueryError,
  type QueryKey,
  type QueryTerm,
  type Span,
} from "./query.ts";
import { type Piece, type RawTerm, scanQuery } from "./scan-query.ts";

/** How much of a text a message repeats. */
const QUOTED_CHARS = 40;

/** What other searches have as operators: looked for as words, they would silently find next to nothing. */
const FOREIGN_OPERATORS: ReadonlyMap<string, string> = new Map([
  ["OR", "Several values of a key are separated by commas: sig:failed,unsigned"],
  ["AND", "All terms must hold anyhow, so a space is enough"],
  ["NOT", "The opposite of a term has a minus before it: -720p"],
]);

/**
 * Reads a search: words and "quoted words", `key:value`, `path=value`, each with `-` before it for the opposite; values
 * of one key are separated by commas. Takes any text; what cannot be read is an error with its place.
 */
export function parseQuery(query: string): ParsedQuery {
  const terms: QueryTerm[] = [];
  const errors: QueryError[] = [];
  for (const raw of scanQuery(query)) {
    const term = readTerm(raw);
    if (Array.isArray(term)) errors.push(...term);
    else terms.push(term);
  }
  return { terms, errors };
}

/** An operator of other searches, in capitals and without quotes. */
export function isForeignOperator({ head, values: [value] }: RawTerm): boolean {
  return head === null && value !== undefined && !isQuoted(value) && FOREIGN_OPERATORS.has(value.text);
}

export function isQueryKey(text: string): text is QueryKey {
  return (QUERY_KEYS as readonly string[]).includes(text);
}

function readTerm(raw: RawTerm): QueryTerm | QueryError[] {
  const { start, end, isNegated, head, fault } = raw;
  if (fault?.kind === "unclosed") return [{ start: fault.start, end, message: 'This quote is not closed: add a ".' }];
  if (fault?.kind === "glued") {
    const { start, end } = fault;
    return [{ start, end, message: "After the closing quote there must be a space, or a comma and another value." }];
  }
  const place = { start, end, isNegated };
  if (isForeignOperator(raw)) return [foreignOperator(raw)];
  if (head === null) return readText(raw, place);
  const empty = emptyValue(head.text + head.sign, raw);
  if (empty !== null) return [empty];
  const surplus = surplusValues(raw.values);
  if (surplus !== null) return [surplus];
  const texts = raw.values.map(({ text }) => text);
  if (head.sign === "=") return { ...place, kind: "path", path: head.text, values: texts };
  const key = head.text.toLowerCase();
  if (!isQueryKey(key)) return [noSuchKey(head, key)];
  return readField(key, raw, place);
}

type TermPlace = Pick<QueryTerm, "start" | "end" | "isNegated">;

function readText({ values }: RawTerm, place: TermPlace): QueryTerm | QueryError[] {
  const text = values[0]?.text ?? "";
  if (/[\p{L}\p{N}]/u.test(text)) return { ...place, kind: "text", text };
  const { start, end } = place;
  return [{ start, end, message: "There is no letter or digit to look for." }];
}

function foreignOperator({ start, end, values }: RawTerm): QueryError {
  const word = values[0]?.text ?? "";
  const message = `${word} is not a word of this search. ${FOREIGN_OPERATORS.get(word)}. Put quotes around it to look for the text.`;
  return { start, end, message };
}

function isQuoted({ start, end, text }: Piece): boolean {
  return end - start > text.length;
}

/** A value that is missing; `title=""` asks for an empty one, which only a body's value can be. */
function emptyValue(head: string, { head: place, end, values }: RawTerm): QueryError | null {
  const missing = values.find((value) => value.text === "" && (value.end === value.start || head.endsWith(":")));
  if (missing === undefined || place === null) return null;
  const isFirst = missing === values[0];
  const message = `A value is missing after “${isFirst ? head : ","}”.`;
  return isFirst ? { start: place.start, end, message } : { start: missing.start - 1, end: missing.end, message };
}

/** Values that are there twice count once. */
function surplusValues(values: readonly Piece[]): QueryError | null {
  const seen = new Set<string>();
  const first = values.find(({ text }) => seen.add(text).size > MAX_TERM_VALUES);
  const last = values.at(-1);
  if (first === undefined || last === undefined) return null;
  const message = `One term takes ${MAX_TERM_VALUES} different values at most: take these out.`;
  return { start: first.start, end: last.end, message };
}

function readField(key: QueryKey, { values }: RawTerm, place: TermPlace): QueryTerm | QueryError[] {
  const facts = KEY_FACTS[key];
  const [, second] = values;
  if (facts.isSingle && second !== undefined) {
    const end = values.at(-1)?.end ?? second.end;
    return [{ start: second.start - 1, end, message: `${key}: takes one time only.` }];
  }
  // Any text means itself, and a time is shown as it was written; what is one of a list may have capitals as well.
  const isKept = facts.isSingle === true || (facts.options === undefined && facts.forms === undefined);
  const read = values.map((value) => (isKept ? value : { ...value, text: value.text.toLowerCase() }));
  const errors = read.filter(({ text }) => !facts.isValid(text)).map((value) => badValue(key, value));
  return errors.length > 0 ? errors : { ...place, kind: "field", key, values: read.map(({ text }) => text) };
}

function badValue(key: QueryKey, { start, end, text }: Piece): QueryError {
  const { options, forms } = KEY_FACTS[key];
  const allowed = options === undefined ? (forms ?? "some text") : listWords(options);
  const message = `${key}: does not take “${shorten(text)}”. It takes ${allowed}.`;
  return { start, end, message, ...meantOf(options && nearest(text, options)) };
}

function noSuchKey(head: Span, key: string): QueryError {
  const meant = KEYS_BY_OTHER_NAMES.get(key) ?? nearest(key, QUERY_KEYS);
  const advice =
    meant === undefined
      ? `Keys are ${listWords(QUERY_KEYS)}; put quotes around it to look for the text.`
      : `Did you mean ${meant}:?`;
  const message = `There is no key “${shorten(key)}:”. ${advice}`;
  return { start: head.start, end: head.end, message, ...meantOf(meant && `${meant}:`) };
}

function meantOf(meant: string | undefined): Pick<QueryError, "meant"> {
  return meant === undefined ? {} : { meant };
}

/** `a, b and c` would claim that all are meant. */
function listWords(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function shorten(text: string): string {
  return text.length > QUOTED_CHARS ? `${text.slice(0, QUOTED_CHARS)}…` : text;
}
