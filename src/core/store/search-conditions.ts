import { assertNever } from "#shared/assert-never.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import type { QueryKey, QueryTerm, TermTest } from "#shared/search/query.ts";
import { toQueryFault } from "#shared/search/query-fault.ts";
import { parseMoment, resolveMoment } from "#shared/search/times.ts";
import { type Flag, NO_TYPE, parseStatus, typesTitled } from "#shared/search/values.ts";
import { withoutMarks, wordsFor } from "./json-facts.ts";
import { toRow } from "./stored-delivery.ts";

/** What a list is asked for: terms without errors, and the time that `10m` counts back from. */
export interface SearchFilter {
  readonly terms: readonly QueryTerm[];
  readonly now: number;
}

/** Throws AppError `input.invalid` with the places of all that cannot be read. */
export function toFilter(query: string, now: number): SearchFilter {
  const { terms, errors } = parseQuery(query);
  if (errors.length > 0) throw toQueryFault(query, errors);
  return { terms, now };
}

/** A piece of SQL about `deliveries d`, and what its question marks stand for. Nothing of a query is ever in the SQL. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

/** All of it must hold. */
export interface SearchPlan {
  /** For the full-text index: what it must find. Null where nothing has to be looked up there. */
  readonly match: string | null;
  /** What it must not find, where it has nothing else to find; else `match` says that too. */
  readonly unmatched: string | null;
  readonly conditions: readonly Condition[];
}

export function toPlan({ terms, now }: SearchFilter): SearchPlan {
  const match = join(terms.filter(({ isNegated }) => !isNegated).map(matchOf), " AND ");
  const unmatched = join(terms.filter(({ isNegated }) => isNegated).map(matchOf), " OR ");
  const conditions = terms.flatMap((term) => conditionOf(term, now) ?? []);
  if (match === null || unmatched === null) return { match, unmatched, conditions };
  return { match: `(${match}) NOT (${unmatched})`, unmatched: null, conditions };
}

function join(expressions: readonly (string | null)[], operator: string): string | null {
  const known = expressions.filter((expression) => expression !== null);
  return known.length === 0 ? null : known.join(operator);
}

/** True where the index must know all deliveries before the search can be answered. */
export function needsIndex({ terms }: SearchFilter): boolean {
  return terms.some((term) => matchOf(term) !== null);
}

/** An FTS5 expression; null for what columns answer. Each word counts from its beginning on. */
function matchOf(test: TermTest): string | null {
  switch (test.kind) {
    case "text":
      // A row shows a title that stands nowhere in the body; the type that it stands for does.
      return anyPhrase([`${phrase(test.text)}*`, ...valuePhrases("type", typesTitled(test.text))]);
    case "path":
      return anyPhrase(valuePhrases(test.path, test.values));
    case "field":
      return null;
  }
}

function anyPhrase(phrases: readonly string[]): string {
  return `(${phrases.join(" OR ")})`;
}

function valuePhrases(path: string, values: readonly string[]): string[] {
  return [...new Set(values)].flatMap((value) => wordsFor(path, value)).map((word) => `"${word}"`);
}

/** A NUL would end the whole expression. */
function phrase(text: string): string {
  return `"${withoutMarks(text).replaceAll("\0", " ").replaceAll('"', '""')}"`;
}

function conditionOf(term: QueryTerm, now: number): Condition | null {
  if (term.kind !== "field") return null;
  const { sql, params } = anyOf([...new Set(term.values)].map((value) => fieldCondition(term.key, value, now)));
  // What is not known (no cause, say) does not have it.
  return { sql: term.isNegated ? `(${sql}) IS NOT TRUE` : sql, params };
}

function fieldCondition(key: QueryKey, value: string, now: number): Condition {
  switch (key) {
    case "type":
      return typeCondition(value);
    case "sig":
      return { sql: "d.state = ?", params: [value] };
    case "cause":
      return { sql: "d.cause = ?", params: [value] };
    case "source":
      return { sql: "d.source = ?", params: [value] };
    case "status":
      return statusCondition(value);
    case "video":
      return startsWith("d.video_id", value);
    case "live":
      return startsWith("d.live_stream_id", value);
    case "webhook":
      return startsWith("d.webhook_id", value);
    case "path":
      return pathCondition(value);
    case "note":
      return { sql: LIKE("d.note"), params: [`%${escapeLike(value)}%`] };
    case "id":
      return { sql: "d.id = ?", params: [toRow(value) ?? 0] };
    case "after":
      return { sql: "d.received_at >= ?", params: [timeOf(value, now)] };
    case "before":
      return { sql: "d.received_at < ?", params: [timeOf(value, now)] };
    case "is":
      // The parser lets nothing else through.
      return { sql: FLAG_SQL[value as Flag], params: [] };
    default:
      return assertNever(key);
  }
}

const FLAG_SQL: Readonly<Record<Flag, string>> = {
  pinned: "d.pinned = 1",
  noted: "d.note IS NOT NULL",
  incomplete: "d.incomplete IS NOT NULL",
  repeat: "d.duplicate_of IS NOT NULL",
  simulated: "d.source = 'simulated'",
  edited: "d.source = 'edited'",
  imported: "d.source = 'imported'",
};

const LIKE = (column: string) => `${column} LIKE ? ESCAPE '\\'`;

/** From its beginning on, from one of its parts on (`encoding`), or by its title. */
function typeCondition(value: string): Condition {
  if (value === NO_TYPE) return { sql: "d.type IS NULL", params: [] };
  const pattern = escapeLike(value);
  const titled = typesTitled(value);
  return {
    sql: [LIKE("d.type"), LIKE("d.type"), ...titled.map(() => "d.type = ?")].join(" OR "),
    params: [`${pattern}%`, `%.${pattern}%`, ...titled],
  };
}

/** Looked up for one delivery after the other in an index that has all of it: a page needs a few, and a count is one pass. */
const ATTEMPTS = "FROM attempts a WHERE a.delivery_id = d.id";
const LAST_STATUS = `(SELECT a.status ${ATTEMPTS} ORDER BY a.id DESC LIMIT 1)`;

function statusCondition(value: string): Condition {
  const test = parseStatus(value);
  if (test === null || test.kind === "none") return { sql: `NOT EXISTS (SELECT 1 ${ATTEMPTS})`, params: [] };
  if (test.kind === "range") return { sql: `${LAST_STATUS} BETWEEN ? AND ?`, params: [test.low, test.high] };
  switch (test.verdict) {
    case "accepted":
      return { sql: `${LAST_STATUS} BETWEEN 200 AND 299`, params: [] };
    case "refused":
      return { sql: `${LAST_STATUS} NOT BETWEEN 200 AND 299`, params: [] };
    case "unreachable":
      return { sql: `(EXISTS (SELECT 1 ${ATTEMPTS}) AND ${LAST_STATUS} IS NULL)`, params: [] };
  }
}

function startsWith(column: string, value: string): Condition {
  return { sql: `substr(${column}, 1, length(?)) = ?`, params: [value, value] };
}

/** As it came, or as the developer's own server knows it: without the segment that our registered URLs begin with. */
function pathCondition(value: string): Condition {
  const whole = startsWith("d.path", value);
  const behind = "substr(d.path, 1 + instr(substr(d.path, 2), '/'), length(?)) = ?";
  return { sql: `${whole.sql} OR (d.path GLOB '/wi-*/*' AND ${behind})`, params: [...whole.params, value, value] };
}

function anyOf(conditions: readonly Condition[]): Condition {
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(" OR ")})`,
    params: conditions.flatMap(({ params }) => params),
  };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function timeOf(value: string, now: number): number {
  const moment = parseMoment(value);
  // The parser lets nothing else through.
  return moment === null ? now : resolveMoment(moment, now);
}
