import type { RunSummary } from "#shared/domain/run.ts";
import { countUnexpected } from "#shared/domain/run-words.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { ResultFilter } from "../../state/runs-state.ts";
import { formatCount } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";

const WORDS: Readonly<Record<ResultFilter, string>> = {
  all: "All",
  unexpected: "Not as it should be",
  regressed: "Regressed",
  fixed: "Fixed",
  changed: "Changed",
  same: "Same",
  refused: "Refused",
  unreachable: "No answer",
  unsent: "Not sent",
  waiting: "Waiting",
};

/** Shows the results of one kind only; kinds that there are none of are not offered. */
export function ResultFilterChoice({ run: { total, done, tally, options } }: { run: RunSummary }) {
  const app = useApp();
  const chosen = useAppState(({ runs }) => runs.opened.filter);
  const counts: Readonly<Record<ResultFilter, number>> = {
    all: total,
    // Without a fault, they are those that are refused or have no answer, which have buttons of their own.
    unexpected: options.fault === undefined ? 0 : countUnexpected(tally),
    regressed: tally.regressed,
    fixed: tally.fixed,
    changed: tally.changed,
    same: tally.same,
    refused: tally.refused,
    unreachable: tally.unreachable,
    unsent: tally.unsent,
    waiting: total - done,
  };
  // The keys are those of the words.
  const filters = (Object.keys(WORDS) as ResultFilter[]).filter((filter) => counts[filter] > 0 || filter === chosen);
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-1.5">
      <legend className="sr-only">Show</legend>
      {filters.map((filter) => (
        <Button
          key={filter}
          aria-pressed={filter === chosen}
          onClick={() => app.runs.choose(filter)}
          className="h-6 text-small aria-pressed:border-accent aria-pressed:bg-accent-s aria-pressed:text-accent"
        >
          {WORDS[filter]} <span className="tabular-nums">{formatCount(counts[filter])}</span>
        </Button>
      ))}
    </fieldset>
  );
}
