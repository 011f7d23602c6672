import { useSyncExternalStore } from "react";

/** wide: list and detail side by side. stacked: detail below. narrow, or too low for both: detail covers the list. */
export type Layout = "wide" | "stacked" | "narrow";

/** In rem, so that zoom and large fonts count like a small window; the same figures as theme.css's breakpoints. */
const WIDE = "(min-width: 62.5rem)";
const NARROW = "(max-width: 39.99rem), (max-width: 62.49rem) and (max-height: 33.99rem)";

export function useLayout(): Layout {
  return useSyncExternalStore(watchLayout, currentLayout);
}

function currentLayout(): Layout {
  if (matchMedia(WIDE).matches) return "wide";
  return matchMedia(NARROW).matches ? "narrow" : "stacked";
}

function watchLayout(onChange: () => void): () => void {
  const queries = [matchMedia(WIDE), matchMedia(NARROW)];
  for (const query of queries) query.addEventListener("change", onChange);
  return () => {
    for (const query of queries) query.removeEventListener("change", onChange);
  };
}
