import { FIELDS } from "#shared/api-video/event-fields.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { KEY_FACTS } from "#shared/search/keys.ts";
import { isForeignOperator, isQueryKey, parseQuery } from "#shared/search/parse-query.ts";
import { QUERY_KEYS, type Span, type TermTest } from "#shared/search/query.ts";
import { type RawTerm, scanQuery } from "#shared/search/scan-query.ts";
import { type NamedValue, namedValues, toName, wordsUpTo } from "./named-values.ts";
import { fieldValuesOf, firstSentence, type ValueOffer, valuesOf } from "./suggest-values.ts";

/** Something that could be written at the caret. */
export interface Suggestion extends Span {
  /** What is written in place of the span. */
  readonly text: string;
  readonly meaning: string;
  /** False for a key or field, after which its value is still to come. */
  readonly isWhole: boolean;
}

const MAX_VALUES = 10;
/** Words are mostly meant as words: what else they could mean must not cover the list. */
const MAX_FOR_WORDS = 5;

/** What could be written where the caret is: keys and fields of a body, and after each its values. */
export function suggest(draft: string, caret: number, deliveries: readonly DeliverySummary[]): Suggestion[] {
  const term = scanQuery(draft).find(({ start, end }) => start <= caret && caret <= end);
  if (term === undefined) return keySuggestions({ start: caret, end: caret }, "", "");
  if (term.fault !== null || isForeignOperator(term)) return [];
  const { head } = term;
  if (head === null) return wordSuggestions(draft, term, deliveries);
  if (head.sign === "=") {
    const offers = fieldValuesOf(head.text, deliveries);
    return valueSuggestions(term, caret, offers, (values) => ({ kind: "path", path: head.text, values }));
  }
  const key = head.text.toLowerCase();
  if (!isQueryKey(key)) return [];
  return valueSuggestions(term, caret, valuesOf(key, deliveries), (values) => ({ kind: "field", key, values }));
}

function wordSuggestions(draft: string, term: RawTerm, deliveries: readonly DeliverySummary[]): Suggestion[] {
  const word = (term.values[0]?.text ?? "").toLowerCase();
  const minus = term.isNegated ? "-" : "";
  if (word === "") return [];
  const known = namedValues(word, deliveries);
  const offer = (span: Span, sign: string, { key, value, meaning }: NamedValue) =>
    whole(span, sign + formatTerm({ kind: "field", key, values: [value] }), meaning);

  const { terms } = parseQuery(draft);
  const several = wordsUpTo(terms, term).filter(({ start }) => start < term.start);
  const named = several.flatMap((words) =>
    known.filter((value) => isNamed(value, words.name)).map((value) => offer(words, "", value)),
  );
  const isCalled = (value: NamedValue) => fits(value.value, word) || isNamed(value, toName(word));
  // What only its meaning speaks of comes last.
  const like = [...known.filter(isCalled), ...known.filter((value) => !isCalled(value) && isMeant(value, word))].map(
    (value) => offer(term, minus, value),
  );
  const begun = [...keySuggestions(term, word, minus), ...fieldSuggestions(term, word, minus)];
  const others = [...begun, ...like].filter(({ text }) => !named.some((other) => other.text === text));
  return [...named, ...others].slice(0, MAX_FOR_WORDS);
}

function isNamed({ names }: NamedValue, beginning: string): boolean {
  return beginning !== "" && names.some((name) => name.startsWith(beginning));
}

function isMeant({ meaning }: NamedValue, word: string): boolean {
  return word.length > 1 && fits(meaning, word);
}

/** Fields that api.video's events have; `type:` takes more than `type=`. */
function fieldSuggestions(span: Span, beginning: string, minus: string): Suggestion[] {
  return Object.entries(FIELDS)
    .filter(([name]) => name !== "type" && name.toLowerCase().startsWith(beginning))
    .map(([name, facts]) => ({
      start: span.start,
      end: span.end,
      text: `${minus}${name}=`,
      meaning: firstSentence(facts.meaning),
      isWhole: false,
    }));
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
  caret: number,
  offers: readonly ValueOffer[],
  toTest: (values: readonly string[]) => TermTest,
): Suggestion[] {
  const at = term.values.findIndex(({ start, end }) => start <= caret && caret <= end);
  if (at === -1) return [];
  const typed = (term.values[at]?.text ?? "").toLowerCase();
  const others = term.values.map(({ text }) => text);
  return offers
    .filter(({ value, meaning }) => fits(value, typed) || fits(meaning, typed))
    .filter(({ value }) => value !== typed && !others.includes(value))
    .slice(0, MAX_VALUES)
    .map(({ value, meaning }) => {
      const values = others.with(at, value).filter((text) => text !== "");
      return whole(term, formatTerm({ ...toTest(values), isNegated: term.isNegated }), meaning);
    });
}

function whole({ start, end }: Span, text: string, meaning: string): Suggestion {
  return { start, end, text, meaning, isWhole: true };
}

/** From the beginning of a word on, as everywhere in a search. */
function fits(text: string, beginning: string): boolean {
  const lower = text.toLowerCase();
  return [lower, ...lower.split(/[ .:_-]/)].some((part) => part.startsWith(beginning));
}
