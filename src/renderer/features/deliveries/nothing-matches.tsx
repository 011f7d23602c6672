import { SearchX } from "lucide-react";
import { fieldFacts } from "#shared/api-video/event-fields.ts";
import { removeTerm } from "#shared/search/edit-query.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { MAX_SEARCHED_BYTES, type QueryTerm } from "#shared/search/query.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatBytes, formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { meantInstead } from "../search/meant-instead.ts";

/** The filter hides all: what it asks for, what may be meant instead, and which part of it could be dropped. */
export function NothingMatches() {
  const app = useApp();
  const total = useAppState(({ mirror }) => mirror?.counts.total ?? 0);
  const applied = useAppState(({ mirror }) => mirror?.list.query ?? "");
  const { terms } = parseQuery(applied);
  const others = meantInstead(applied);
  const setFilter = (filter: string): void => setView(app.store, { filter });
  // More may be written by now than was applied, and stays.
  const drop = (term: QueryTerm): void => setFilter(removeTerm(app.store.getState().view.filter, term));
  return (
    <EmptyState icon={SearchX} title="No delivery matches the filter">
      <p className="text-t3">
        {total === 0 && "Nothing is kept yet; what arrives and matches will appear here."}
        {total > 0 && `${formatPlural(total, "delivery is", "deliveries are")} kept, and `}
        {total > 0 && (terms.length > 1 ? "none of them has all of this." : "the filter hides them all.")}
      </p>
      <PathNotes terms={terms} />
      {others.length > 0 && (
        <ul aria-label="What may be meant" className="grid max-w-full justify-items-center gap-1.5">
          {others.map(({ written, meant, query }) => (
            <li key={query} className="flex max-w-full">
              <Button className="min-w-0 shrink" title={`In place of ${written}`} onClick={() => setFilter(query)}>
                <span className="flex-none text-t3">Look for</span>
                <code className="min-w-0 truncate">
                  <SafeText text={meant} />
                </code>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button onClick={() => setFilter("")}>Clear filter</Button>
      {terms.length > 1 && (
        <ul aria-label="Parts of the filter" className="grid max-w-full justify-items-center gap-1.5">
          {terms.map((term) => (
            <li key={term.start} className="flex max-w-full">
              <Button className="min-w-0 shrink" onClick={() => drop(term)}>
                <span className="flex-none text-t3">Drop</span>
                <code className="min-w-0 truncate">
                  <SafeText text={formatTerm(term)} />
                </code>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </EmptyState>
  );
}

/** What the paths of a filter say, as far as it is known: each of several terms may well match by itself. */
function PathNotes({ terms }: { terms: readonly QueryTerm[] }) {
  const paths = terms.flatMap((term) => (term.kind === "path" && !term.isNegated ? term : []));
  if (paths.length === 0) return null;
  return (
    <div className="grid max-w-full gap-1 text-t3 wrap-anywhere">
      {paths.map(({ start, path, values }) => (
        <p key={start}>
          {terms.length === 1 && <SafeText text={`No delivery has ${toChoice(values)} at ${path}. `} />}
          {fieldFacts(path) === undefined && <SafeText text={`No event of api.video has ${path}.`} />}
        </p>
      ))}
      <p>By path, bodies up to {formatBytes(MAX_SEARCHED_BYTES)} are searched.</p>
    </div>
  );
}

function toChoice(values: readonly string[]): string {
  return values.map((value) => `“${value}”`).join(" or ");
}
