import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { KEY_FACTS } from "#shared/search/keys.ts";
import { isForeignOperator, isQueryKey } from "#shared/search/parse-query.ts";
import { QUERY_KEYS, type QueryKey, type Span } from "#shared/search/query.ts";
import { type RawTerm, scanQuery } from "#shared/search/scan-query.ts";
import { valuesOf } from "./suggest-values.ts";

/** Something that could be written at the caret. */
export interface Suggestion extends Span {
  /** What is written in place of the span. */
  readonly text: string;
  readonly meaning: string;
  /** False for a key, after which its value is still to come. */
  readonly isWhole: boolean;
}

const MAX_VALUES = 10;
/** Words are mostly meant as words: what else they could mean must not cover the list. */
const MAX_FOR_WORDS = 5;

/** What could be written where the caret is: keys, and after a key its values. */
export function suggest(draft: string, caret: number, deliveries: readonly DeliverySummary[]): Suggestion[] {
  const term = scanQuery(draft).find(({ start, end }) => start <= caret && caret <= end);
  if (term === undefined) return keySuggestions({ start: caret, end: caret }, "", "");
  if (term.fault !== null || isForeignOperator(term)) return [];
  if (term.head === null) return wordSuggestions(term, deliveries);
  const key = term.head.text.toLowerCase();
  return term.head.sign === ":" && isQueryKey(key) ? valueSuggestions(term, key, caret, deliveries) : [];
}

function wordSuggestions(term: RawTerm, deliveries: readonly DeliverySummary[]): Suggestion[] {
  const word = (term.values[0]?.text ?? "").toLowerCase();
  const minus = term.isNegated ? "-" : "";
  if (word === "") return [];
  const values = (["sig", "type", "cause", "is"] as const).flatMap((key) =>
    valuesOf(key, deliveries)
      .filter((offer) => fits(offer.value, word) || (word.length > 1 && fits(offer.meaning, word)))
      .map((offer) => whole(term, minus, key, [offer.value], offer.meaning)),
  );
  return [...keySuggestions(term, word, minus), ...values].slice(0, MAX_FOR_WORDS);
}

function keySuggestions(span: Span, beginning: string, minus: string): Suggestion[] {
  return QUERY_KEYS.filter((key) => key.startsWith(beginning)).map((key) => ({
    start: span.start,
    end: span.end,
    text: `${minus}${key}:`,
    meaning: KEY_FACTS[key].meaning,
    isWhole: false,
  }));
}

/** Of several values, that at the caret is completed and the others stay. */
function valueSuggestions(
  term: RawTerm,
  key: QueryKey,
  caret: number,
  deliveries: readonly DeliverySummary[],
): Suggestion[] {
  const at = term.values.findIndex(({ start, end }) => start <= caret && caret <= end);
  if (at === -1) return [];
  const typed = (term.values[at]?.text ?? "").toLowerCase();
  const others = term.values.map(({ text }) => text);
  return valuesOf(key, deliveries)
    .filter(({ value, meaning }) => fits(value, typed) || fits(meaning, typed))
    .filter(({ value }) => value !== typed && !others.includes(value))
    .slice(0, MAX_VALUES)
    .map(({ value, meaning }) => {
      const values = others.with(at, value).filter((text) => text !== "");
      return whole(term, term.isNegated ? "-" : "", key, values, meaning);
    });
}

function whole(span: Span, minus: string, key: QueryKey, values: readonly string[], meaning: string): Suggestion {
  const text = minus + formatTerm({ kind: "field", key, values });
  return { start: span.start, end: span.end, text, meaning, isWhole: true };
}

/** From the beginning of a word on, as everywhere in a search. */
function fits(text: string, beginning: string): boolean {
  const lower = text.toLowerCase();
  return [lower, ...lower.split(/[ .:_-]/)].some((part) => part.startsWith(beginning));
}
