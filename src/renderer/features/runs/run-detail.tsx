import { ArrowLeft } from "lucide-react";
import type { RunSummary } from "#shared/domain/run.ts";
import { expectationWords, outcomeWords, targetWords, verdictWords } from "#shared/domain/run-words.ts";
import { replayAgain, showRun } from "../../actions/run-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatIso, formatMoment, formatMs, formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { rightAnswer } from "../faults/fault-kinds.ts";
import { ResultTable } from "./result-table.tsx";
import { paceWords, runName, sizeWords } from "./result-words.ts";
import { RunComparison } from "./run-comparison.tsx";
import { RunControls } from "./run-controls.tsx";
import { RunNaming } from "./run-naming.tsx";
import { RunPicture } from "./run-picture.tsx";
import { RunStateBadge } from "./run-state-badge.tsx";

/** One run: how far it is, what came of it as a picture and as a table, and how it compares with others. */
export function RunDetail({ runs, id }: { runs: readonly RunSummary[]; id: string }) {
  const app = useApp();
  const run = runs.find((one) => one.id === id);
  return (
    <>
      <Button className="justify-self-start" onClick={() => showRun(app, null)}>
        <ArrowLeft aria-hidden="true" size={14} />
        All runs
      </Button>
      {run === undefined ? (
        <Notice tone="warn">
          <b>There is no run {id} (any more).</b> It was removed, or erased with everything else.
        </Notice>
      ) : (
        <Detail runs={runs} run={run} />
      )}
    </>
  );
}

function Detail({ runs, run }: { runs: readonly RunSummary[]; run: RunSummary }) {
  const points = useAppState((state) => state.runs.opened.points);
  return (
    <>
      <Heading run={run} />
      <RunControls run={run} />
      <Summary run={run} />
      {points.kind === "failed" && <Notice tone="bad">{points.message}</Notice>}
      {points.kind === "ready" && points.value.points.length > 0 && (
        <Card title="When each came, and how long its answer took">
          <RunPicture points={points.value.points} total={points.value.total} />
        </Card>
      )}
      <ResultTable run={run} />
      <RunComparison runs={runs} run={run} />
    </>
  );
}

function Heading({ run }: { run: RunSummary }) {
  const app = useApp();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="min-w-0 text-title font-[650] text-t1 wrap-anywhere">
        <SafeText text={runName(run)} />
      </h1>
      <RunStateBadge run={run} />
      <div className="flex flex-wrap gap-1.5 sm:ml-auto">
        <Button needsEngine onClick={() => app.attempt(() => replayAgain(app, run))}>
          Replay again…
        </Button>
        <RunNaming run={run} />
      </div>
    </div>
  );
}

function Summary({ run }: { run: RunSummary }) {
  const { createdAt, startedAt, endedAt, leftOut, tally, options } = run;
  const took = startedAt !== null && endedAt !== null ? Date.parse(endedAt) - Date.parse(startedAt) : null;
  const answers = [outcomeWords(tally), expectationWords(tally, options)];
  const facts: readonly (readonly [string, string])[] = [
    ["Answers", answers.filter((words) => words !== "").join("; ") || "none yet"],
    ["Verdicts", verdictWords(tally) || "none yet"],
    ["How", paceWords(run)],
    ["Made", `${formatMoment(createdAt)}${took === null ? "" : `, took ${formatMs(took)}`}`],
  ];
  return (
    <Card title={`${sizeWords(run)} ${targetWords(options)}`}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1" title={formatIso(createdAt)}>
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-t3">{name}</dt>
            <dd className="text-t1 wrap-anywhere">{value}</dd>
          </div>
        ))}
        {options.query !== undefined && options.query !== "" && (
          <div className="contents">
            <dt className="text-t3">Search</dt>
            <dd className="wrap-anywhere">
              <code>
                <SafeText text={options.query} dir="ltr" />
              </code>
            </dd>
          </div>
        )}
      </dl>
      {options.fault !== undefined && <p className="mt-2 text-small text-t3">{rightAnswer(options.fault)}</p>}
      {leftOut > 0 && (
        <p className="mt-2 text-small text-t3">
          {formatPlural(leftOut, "delivery was", "deliveries were")} left out: gone, or only a part of{" "}
          {leftOut === 1 ? "it" : "them"} arrived{options.target === null && ", or no route sends it anywhere"}.
        </p>
      )}
    </Card>
  );
}
