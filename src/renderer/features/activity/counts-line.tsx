import { setTerm } from "#shared/search/edit-query.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatCount, formatPlural } from "../../theme/format.ts";

/** How many deliveries are kept, or match the filter; those that need a look are a click away. */
export function CountsLine() {
  const counts = useAppState(({ mirror }) => mirror?.counts);
  const matches = useAppState(({ mirror }) => (mirror !== null && mirror.list.query !== "" ? mirror.list.total : null));
  if (counts === undefined) return null;
  const total = formatPlural(counts.total, "delivery", "deliveries");
  return (
    <p className="mr-auto flex flex-wrap items-center tabular-nums">
      {matches === null ? total : `${formatCount(matches)} of ${total}`}
      {counts.failed > 0 && <StateFilter state="failed" count={counts.failed} className="text-bad" />}
      {counts.unchecked > 0 && <StateFilter state="unchecked" count={counts.unchecked} className="text-warn" />}
    </p>
  );
}

function StateFilter(props: { state: "failed" | "unchecked"; count: number; className: string }) {
  const app = useApp();
  const filter = useAppState(({ view }) => view.filter);
  const isOn = parseQuery(filter).terms.some((term) => formatTerm(term) === `sig:${props.state}`);
  return (
    <>
      <span className="mx-1">·</span>
      <button
        type="button"
        aria-pressed={isOn}
        title={isOn ? "Show the others again" : "Show only these"}
        onClick={() => setView(app.store, { filter: setTerm(filter, "sig", isOn ? null : props.state) })}
        className={`-mx-0.5 h-6 rounded-sm px-0.5 hover:bg-s2 hover:underline aria-pressed:bg-sel ${props.className}`}
      >
        {formatCount(props.count)} {props.state}
      </button>
    </>
  );
}
