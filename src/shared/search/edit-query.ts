import { formatTerm } from "./format-query.ts";
import { parseQuery } from "./parse-query.ts";
import type { QueryKey, QueryTerm, Span, TermTest } from "./query.ts";

/**
 * A query as a field with chips shows it: the terms with a key or path, and what is written besides. A space at the
 * query's end is kept in `rest`, because the next word comes after it.
 */
export interface QueryParts {
  readonly chips: readonly QueryTerm[];
  readonly rest: string;
}

/** Adds a term, unless it is there already. Whatever else is in the query stays, readable or not. */
export function addTerm(query: string, test: TermTest, isNegated = false): string {
  const added = formatTerm({ ...test, isNegated });
  const { terms, errors } = parseQuery(query);
  if (terms.some((term) => formatTerm(term) === added)) return query;
  // A quote that is not closed yet would take in all that comes after it.
  return joinTexts(errors.length === 0 ? [query, added] : [added, query]);
}

/** Makes `key:value` the only term of its key (`after:`, say); null takes the key away. */
export function setTerm(query: string, key: QueryKey, value: string | null): string {
  const others = parseQuery(query)
    .terms.filter((term) => term.kind === "field" && term.key === key)
    .reduceRight(cutSpan, query);
  return value === null ? others.trim() : addTerm(others, { kind: "field", key, values: [value] });
}

/** The query without the first of its terms that reads like this one; as it is where none does. */
export function removeTerm(query: string, term: TermTest & { readonly isNegated: boolean }): string {
  const removed = formatTerm(term);
  const found = parseQuery(query).terms.find((other) => formatTerm(other) === removed);
  return found === undefined ? query : cutSpan(query, found).trim();
}

/** While somebody types, the last term is not finished, and stays text. */
export function splitQuery(query: string, isTyping = false): QueryParts {
  const chips = parseQuery(query).terms.filter(
    ({ kind, end }) => kind !== "text" && !(isTyping && end === query.length),
  );
  return { chips, rest: chips.reduceRight(cutSpan, query).trimStart() };
}

export function joinQuery({ chips, rest }: QueryParts): string {
  return joinTexts([...chips.map(formatTerm), rest]);
}

/** The space before and after the stretch becomes one. */
function cutSpan(text: string, { start, end }: Span): string {
  return joinTexts([text.slice(0, start).trimEnd(), text.slice(end).trimStart()]);
}

function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}
