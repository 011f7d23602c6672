import { ListRestart } from "lucide-react";
import type { RunSummary } from "#shared/domain/run.ts";
import { expectationWords, outcomeWords, targetWords, verdictWords } from "#shared/domain/run-words.ts";
import { newRun, showRun } from "../../actions/run-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { hasDeliveries } from "../../state/selectors.ts";
import { formatIso, formatMoment } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { paceWords, runName, sizeWords } from "./result-words.ts";
import { RunControls } from "./run-controls.tsx";
import { RunStateBadge } from "./run-state-badge.tsx";

/** All runs, newest first. */
export function RunList({ runs }: { runs: readonly RunSummary[] }) {
  const app = useApp();
  const canReplay = useAppState(hasDeliveries);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-title font-[650] text-t1">Replays</h1>
        {canReplay && (
          <Button needsEngine className="ml-auto" onClick={() => newRun(app, { query: "" })}>
            Replay all deliveries…
          </Button>
        )}
      </div>
      {runs.length === 0 ? (
        <EmptyState icon={ListRestart} title="No replays yet">
          <p className="text-t3">
            A run sends many deliveries again and says of each what became of it since the last time. Mark some in the
            list, filter it, or go to a video in the timeline, and choose Replay.
          </p>
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {runs.map((run) => (
            <li key={run.id}>
              <RunCard run={run} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function RunCard({ run }: { run: RunSummary }) {
  const app = useApp();
  const { id, createdAt, tally, options } = run;
  return (
    <article aria-label={runName(run)} className="grid min-w-0 gap-1.5 rounded-lg border border-line bg-s0 px-3.5 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 font-semibold text-t1">
          <button
            type="button"
            onClick={() => showRun(app, id)}
            className="min-h-6 min-w-6 text-left wrap-anywhere text-accent hover:underline"
          >
            <SafeText text={runName(run)} />
          </button>
        </h2>
        <RunStateBadge run={run} />
        <time dateTime={createdAt} title={formatIso(createdAt)} className="text-small text-t3 sm:ml-auto">
          {formatMoment(createdAt)}
        </time>
      </div>
      <p className="text-t2 wrap-anywhere">
        {sizeWords(run)} {targetWords(options)}
        {options.query !== undefined && options.query !== "" && (
          <>
            {" "}
            found by{" "}
            <code>
              <SafeText text={options.query} dir="ltr" />
            </code>
          </>
        )}
      </p>
      <p className="text-small text-t3">{paceWords(run)}</p>
      <p className="text-t1 tabular-nums">
        {[outcomeWords(tally), expectationWords(tally, options), verdictWords(tally)]
          .filter((words) => words !== "")
          .join(" · ") || "No result yet"}
      </p>
      <RunControls run={run} />
    </article>
  );
}
