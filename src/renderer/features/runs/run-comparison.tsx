import { GitCompare } from "lucide-react";
import type { ComparedResult, ComparedVerdict, RunSummary } from "#shared/domain/run.ts";
import { compareAnswers, showResult } from "../../actions/run-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { OpenedRun } from "../../state/runs-state.ts";
import { formatCount, formatMoment } from "../../theme/format.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { reactionWords, runName } from "./result-words.ts";
import { VERDICTS, VerdictBadge } from "./verdict-badge.tsx";

/** What became of each delivery since another run. */
export function RunComparison({ runs, run }: { runs: readonly RunSummary[]; run: RunSummary }) {
  const app = useApp();
  const withId = useAppState((state) => state.runs.opened.withId);
  const others = runs.filter(({ id }) => id !== run.id);
  const before = runs.find(({ id }) => id === withId);
  if (others.length === 0) return null;
  return (
    <Card title="Compare with another run">
      <div className="grid gap-3">
        <div className="max-w-md">
          <Field label="The run before">
            {(ids) => (
              <Select
                {...ids}
                needsEngine
                value={withId ?? ""}
                onChange={({ target }) => app.runs.compareWith(target.value === "" ? null : target.value)}
              >
                <option value="">None</option>
                {others.map((other) => (
                  <option key={other.id} value={other.id}>
                    {`${runName(other)}, ${formatMoment(other.createdAt)}`}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Compared hasCopies={[run, before].some((one) => one?.options.fault?.kind === "duplicate")} />
      </div>
    </Card>
  );
}

/** `hasCopies`: a fault sent some deliveries more than once. */
function Compared({ hasCopies }: { hasCopies: boolean }) {
  const compared = useAppState((state) => state.runs.opened.compared);
  switch (compared.kind) {
    case "none":
      return null;
    case "loading":
      return (
        <p role="status" className="appear-late text-t3">
          Comparing
        </p>
      );
    case "failed":
      return <Notice tone="bad">{compared.message}</Notice>;
    case "ready":
      return <ComparedResults compared={compared.value} hasCopies={hasCopies} />;
  }
}

type Compared = Extract<OpenedRun["compared"], { kind: "ready" }>["value"];

function ComparedResults({ compared, hasCopies }: { compared: Compared; hasCopies: boolean }) {
  const { tally, sentence, results, total } = compared;
  const app = useApp();
  const chosen = useAppState((state) => state.runs.opened.comparedVerdict);
  // The keys are those of the tally.
  const kinds = (Object.keys(tally) as ComparedVerdict[]).filter((kind) => tally[kind] > 0);
  const hasTargets = new Set(results.map(({ target }) => target)).size > 1;
  return (
    <>
      <p role="status" className="font-semibold text-t1">
        {sentence}
      </p>
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">Show of the comparison</legend>
        {kinds.map((kind) => (
          <Button
            key={kind}
            aria-pressed={kind === chosen}
            onClick={() => app.runs.chooseCompared(kind === chosen ? null : kind)}
            className="h-6 text-small aria-pressed:border-accent aria-pressed:bg-accent-s aria-pressed:text-accent"
          >
            {VERDICTS[kind].word} <span className="tabular-nums">{formatCount(tally[kind])}</span>
          </Button>
        ))}
      </fieldset>
      <div className="max-h-80 overflow-y-auto">
        <table className="w-full text-left">
          <thead className="text-small text-t3">
            <tr>
              <th className="py-1 font-normal">Delivery</th>
              <th className="font-normal">Before</th>
              <th className="font-normal">After</th>
              <th className="font-normal">Verdict</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <ComparedRow
                key={`${result.deliveryId} ${result.target} ${result.copy}`}
                result={result}
                hasCopies={hasCopies}
                hasTargets={hasTargets}
              />
            ))}
          </tbody>
        </table>
      </div>
      {results.length < total && (
        <p className="text-small text-t3">
          The first {formatCount(results.length)} of {formatCount(total)} are shown.
        </p>
      )}
    </>
  );
}

function ComparedRow(props: { result: ComparedResult; hasCopies: boolean; hasTargets: boolean }) {
  const { result, hasCopies, hasTargets } = props;
  const { deliveryId, copy, target, verdict, before, after } = result;
  const app = useApp();
  const [one, other] = [before?.attemptId ?? null, after?.attemptId ?? null];
  return (
    <tr className="border-t border-line">
      <td className="py-1">
        <button
          type="button"
          onClick={() => showResult(app, deliveryId)}
          className="min-h-6 text-accent hover:underline"
        >
          {deliveryId}
        </button>
        {hasCopies && <span className="ml-1.5 text-t3">sending {copy}</span>}
        {hasTargets && <span className="ml-1.5 text-t3 break-all">to {target}</span>}
      </td>
      <td>{before === null ? "–" : reactionWords(before)}</td>
      <td>{after === null ? "–" : reactionWords(after)}</td>
      <td>
        <VerdictBadge verdict={verdict} />
      </td>
      <td className="w-8">
        {one !== null && other !== null && (
          <IconButton
            label={`Compare the answers to ${deliveryId} in both runs`}
            needsEngine
            onClick={() => compareAnswers(app, { deliveryId, before: one, after: other })}
          >
            <GitCompare aria-hidden="true" size={14} />
          </IconButton>
        )}
      </td>
    </tr>
  );
}
