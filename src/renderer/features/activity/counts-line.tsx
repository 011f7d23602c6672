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
  const filter = `sig:${props.state}`;
  const isOn = useAppState(({ view }) => view.filter === filter);
  return (
    <>
      <span className="mx-1">·</span>
      <button
        type="button"
        aria-pressed={isOn}
        title={isOn ? "Show all deliveries again" : "Show only these"}
        onClick={() => setView(app.store, { filter: isOn ? "" : filter })}
        className={`-mx-0.5 h-6 rounded-sm px-0.5 hover:bg-s2 hover:underline aria-pressed:bg-sel ${props.className}`}
      >
        {formatCount(props.count)} {props.state}
      </button>
    </>
  );
}
