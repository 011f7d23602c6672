/** A stretch of a query's text, in UTF-16 units; `end` is the first one after it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What can stand before a colon, in the order in which it is offered. */
export const QUERY_KEYS = [
  "type",
  "sig",
  "cause",
  "status",
  "video",
  "live",
  "path",
  "after",
  "before",
  "is",
  "id",
  "webhook",
  "source",
  "note",
] as const;
export type QueryKey = (typeof QUERY_KEYS)[number];

/** What a delivery must have. Of several values, one is enough. */
export type TermTest =
  /** Words, from their beginning on, one after the other, anywhere in path, headers, body, id or the event's title. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly key: QueryKey; readonly values: readonly string[] }
  /** A value in the body's JSON: `data.items[0].id`; `[]` is any place of an array. */
  | { readonly kind: "path"; readonly path: string; readonly values: readonly string[] };

export type QueryTerm = Span & TermTest & { readonly isNegated: boolean };

/** What is wrong at a place, and what can stand there. */
export interface QueryError extends Span {
  readonly message: string;
  /** What was most likely meant there. */
  readonly meant?: string;
}

/** All terms must hold. Where there are errors, `terms` are those that can be read all the same. */
export interface ParsedQuery {
  readonly terms: readonly QueryTerm[];
  readonly errors: readonly QueryError[];
}

/** As much as a command takes. */
export const MAX_QUERY_CHARS = 1_000;

/** Of different ones in a term: each is a part of the question that is put to the database. */
export const MAX_TERM_VALUES = 50;

/**
 * How much of a body can be searched for words; one that is larger is not looked into by path. Events are a few hundred
 * bytes: a 10 MiB upload need not fill the index.
 */
export const MAX_SEARCHED_BYTES = 256 * 1024;
