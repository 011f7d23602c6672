import { FIELDS } from "#shared/api-video/event-fields.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { nearest } from "#shared/search/nearest.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import type { Span } from "#shared/search/query.ts";
import { namedIn } from "./named-values.ts";

/** Another way to write a part of a query, and the whole query with it. */
export interface Instead {
  readonly written: string;
  readonly meant: string;
  readonly query: string;
}

/** For a query that finds nothing: values that its words name, and known fields in place of paths that no event has. */
export function meantInstead(query: string): Instead[] {
  const named = namedIn(query).map(({ start, end, value: { key, value } }) =>
    instead(query, { start, end }, formatTerm({ kind: "field", key, values: [value] })),
  );
  const fields = parseQuery(query).terms.flatMap((term) => {
    if (term.kind !== "path" || term.isNegated) return [];
    const path = fieldMeant(term.path);
    return path === undefined ? [] : instead(query, term, formatTerm({ kind: "path", path, values: term.values }));
  });
  return [...named, ...fields];
}

const NAMES = Object.keys(FIELDS);

/** Undefined for a field that events have, and for what is like none of them. Events are flat: `data.quality` is `quality`. */
function fieldMeant(path: string): string | undefined {
  if (NAMES.includes(path)) return undefined;
  const last = path.split(".").at(-1) ?? path;
  const lower = last.toLowerCase();
  return NAMES.find((name) => name.toLowerCase() === lower) ?? nearest(path, NAMES) ?? nearest(last, NAMES);
}

function instead(query: string, { start, end }: Span, meant: string): Instead {
  return { written: query.slice(start, end), meant, query: query.slice(0, start) + meant + query.slice(end) };
}
