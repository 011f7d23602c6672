import { useState } from "react";
import { useAppState } from "../../app-context.ts";
import { formatPlural } from "../../theme/format.ts";

/** Tells a screen reader how many match, once per filter: what comes later is announced with all other arrivals. */
export function MatchAnnouncement() {
  const query = useAppState(({ mirror }) => mirror?.list.query ?? "");
  const total = useAppState(({ mirror }) => mirror?.list.total ?? 0);
  const [said, setSaid] = useState({ query: "", words: "" });
  if (said.query !== query) {
    const words = query === "" ? "No filter" : formatPlural(total, "delivery matches", "deliveries match");
    setSaid({ query, words });
  }
  return (
    <p role="status" className="sr-only">
      <span key={said.query}>{said.words}</span>
    </p>
  );
}
