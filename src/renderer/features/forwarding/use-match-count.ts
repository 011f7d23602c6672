import { useEffect, useState } from "react";
import { parseQuery } from "#shared/search/parse-query.ts";
import { useApp } from "../../app-context.ts";

/** A pause in typing. */
const SETTLED_MS = 250;

/** How many of the deliveries that are kept a search finds; null while that is not known, or it cannot be read. */
export function useMatchCount(query: string): { readonly found: number; readonly all: number } | null {
  const app = useApp();
  const [count, setCount] = useState<{ query: string; found: number; all: number } | null>(null);
  useEffect(() => {
    if (parseQuery(query).errors.length > 0) return;
    let isWanted = true;
    const timer = setTimeout(async () => {
      try {
        const { total } = await app.client.call("deliveries.list", { query, limit: 1 });
        const all = app.store.getState().mirror?.counts.total ?? total;
        if (isWanted) setCount({ query, found: total, all: Math.max(all, total) });
      } catch {
        // It is a help only: where the engine does not answer, the whole form says so.
      }
    }, SETTLED_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [app, query]);
  return count?.query === query ? count : null;
}
