import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { VerificationCause } from "#shared/domain/verification.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import type { QueryKey, QueryTerm, Span } from "#shared/search/query.ts";
import { CAUSE_WORDS } from "../common/delivery-words.ts";
import { type ValueOffer, valuesOf } from "./suggest-values.ts";

/** A value of a key, which people also write as plain words. */
export interface NamedValue extends ValueOffer {
  readonly key: QueryKey;
  /** In lower case, with spaces between words: `wrong secret`. */
  readonly names: readonly string[];
}

const KEYS = ["sig", "type", "status", "cause", "is"] as const satisfies QueryKey[];
/** No name has more words. */
const MAX_WORDS = 3;

/** What words could name; a status also where none like it was seen. */
export function namedValues(word: string, deliveries: readonly DeliverySummary[]): NamedValue[] {
  return KEYS.flatMap((key) => {
    const offers = valuesOf(key, deliveries);
    const isNew = key === "status" && /^[1-5](?:\d\d|xx)$/.test(word) && !offers.some(({ value }) => value === word);
    const typed = isNew ? [{ value: word, meaning: "Your server answered this last" }] : [];
    return [...offers, ...typed].map((offer) => ({ ...offer, key, names: namesOf(key, offer) }));
  });
}

/** Words as names have them. */
export function toName(words: string): string {
  return words
    .toLowerCase()
    .replace(/[\s._-]+/g, " ")
    .trim();
}

/** A stretch of words in a query, and what they are together. */
export interface Words extends Span {
  readonly name: string;
}

/** The plain words up to and with this one: three of them, two, and itself alone. None where it is none. */
export function wordsUpTo(terms: readonly QueryTerm[], { end }: Span): Words[] {
  const until = terms.filter((term) => term.end <= end);
  const run = until.slice(until.findLastIndex((term) => textOf(term) === null) + 1).slice(-MAX_WORDS);
  return run.map(({ start }, nth) => ({ start, end, name: toName(run.slice(nth).map(textOf).join(" ")) }));
}

function textOf(term: QueryTerm): string | null {
  return term.kind === "text" && !term.isNegated ? term.text : null;
}

/** What the words of a query name exactly; of words that name something together, only that. */
export function namedIn(query: string): (Span & { readonly value: NamedValue })[] {
  const { terms } = parseQuery(query);
  const found = terms.flatMap((term) => {
    const [named] = wordsUpTo(terms, term).flatMap(({ start, end, name }) =>
      namedValues(name, [])
        // Words of a title find what a type would find.
        .filter(({ key, names }) => key !== "type" && names.includes(name))
        .map((value) => ({ start, end, value })),
    );
    return named ?? [];
  });
  const isWithin = (inner: Span, outer: Span) => outer.start <= inner.start && inner.end <= outer.end;
  return found.filter((one) => !found.some((other) => other !== one && isWithin(one, other)));
}

/** As the query has it, as a row says it, or its title. */
function namesOf(key: QueryKey, { value, meaning }: ValueOffer): string[] {
  const names = [value];
  if (key === "type") names.push(meaning);
  // The values of `cause:` are these and no others.
  if (key === "cause") names.push(CAUSE_WORDS[value as VerificationCause]);
  return names.map(toName);
}
