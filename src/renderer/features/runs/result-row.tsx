// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
import clsx from "clsx";
import { GitCompare } from "lucide-react";
import type { RunOptions, RunResult } from "#shared/domain/run.ts";
import { comparableAnswers, compareAnswers, showResult } from "../../actions/run-actions.ts";
import { useApp } from "../../app-context.ts";
import { formatMs } from "../../theme/format.ts";
import { IconButton } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { titleOf } from "../common/delivery-words.ts";
import { ResultMarks } from "./result-marks.tsx";
import { answerWords, reactionWords } from "./result-words.ts";
import { VerdictBadge } from "./verdict-badge.tsx";

export function resultRowId(index: number): string {
  return `result-${index}`;
}

/** How many lines the rows of a run have besides their first: for where the routes sent each, and for its fault. */
export function markLines({ fault, target }: RunOptions): number {
  return (target === null ? 1 : 0) + (fault === undefined ? 0 : 1);
}

interface Props {
  readonly result: RunResult;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly options: RunOptions;
  readonly isCurrent: boolean;
  onChoose(): void;
}

/** One delivery of a run: what it is, what came back, how long it took, and what became of it. */
export function ResultRow({ result, options, index, top, height, isCurrent, onChoose }: Props) {
  const app = useApp();
  const { seq, deliveryId, delivery, ms, message, verdict, comparedWith } = result;
  const pair = comparableAnswers(result);
  return (
    <div
      id={resultRowId(index)}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isCurrent}
      onClick={onChoose}
      style={{ top, height }}
      className={clsx(
        "absolute inset-x-0 grid grid-cols-[minmax(5.5rem,1fr)_minmax(0,auto)_auto_1.5rem] content-center items-center gap-x-3 gap-y-1 border-b border-line px-3.5",
        "sm:grid-cols-[2.5rem_minmax(0,1.4fr)_minmax(0,1fr)_4.5rem_auto_1.5rem]",
        isCurrent && "group-focus-visible:bg-sel",
      )}
    >
      <span role="gridcell" className="text-small text-t3 tabular-nums max-sm:hidden">
        {seq}
      </span>
      <span role="gridcell" className="min-w-0 truncate">
        {delivery === null ? (
          <span className="text-t3">{deliveryId}, deleted since</span>
        ) : (
          <button
            type="button"
            tabIndex={-1}
            title="Show the delivery"
            onClick={() => showResult(app, deliveryId)}
            className="min-h-6 max-w-full truncate text-left text-t1 hover:underline"
          >
            <span className="text-t3">{deliveryId}</span>{" "}
            <SafeText
              text={delivery.type === null ? "No event" : titleOf({ type: delivery.type, method: "", path: "" })}
            />
            {delivery.detail !== undefined && (
              <span className="ml-1.5 text-t3">
                <SafeText text={delivery.detail} />
              </span>
            )}
          </button>
        )}
      </span>
      <span role="gridcell" title={message ?? undefined} className="min-w-0 truncate text-t2 tabular-nums">
        {answerWords(result)}
        {comparedWith !== null && verdict !== "same" && (
          <span className="text-t3 max-sm:hidden">, was {reactionWords(comparedWith)}</span>
        )}
        {message !== null && <span className="text-t3 max-sm:sr-only">. {message}</span>}
      </span>
      <span role="gridcell" className="text-right text-small text-t3 tabular-nums max-sm:hidden">
        {ms === null ? "" : formatMs(ms)}
      </span>
      <span role="gridcell" className="justify-self-end">
        {verdict !== null && <VerdictBadge verdict={verdict} />}
      </span>
      <span role="gridcell">
        {pair !== null && (
          <IconButton
            label={`Compare the answers to ${deliveryId}`}
            tabIndex={-1}
            needsEngine
            onClick={() => compareAnswers(app, pair)}
          >
            <GitCompare aria-hidden="true" size={14} />
          </IconButton>
        )}
      </span>
      {markLines(options) > 0 && (
        <span role="gridcell" className="col-span-full sm:col-start-2">
          <ResultMarks result={result} options={options} />
        </span>
      )}
    </div>
  );
}
