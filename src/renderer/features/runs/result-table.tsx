// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { RunOptions, RunResult, RunSummary } from "#shared/domain/run.ts";
import { comparableAnswers, compareAnswers, showResult } from "../../actions/run-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { ResultWindow } from "../../state/runs-state.ts";
import { Notice } from "../../ui/notice.tsx";
import { remToPx } from "../../ui/rem-to-px.ts";
import { ResultFilterChoice } from "./result-filter.tsx";
import { markLines, ResultRow, resultRowId } from "./result-row.tsx";

/** With a line for where the routes sent it, and one for what a fault did. */
const LINE_REM = { first: 2.75, more: 1.5 };
const OVERSCAN = 6;

/** What came of each delivery; only the rows in sight exist. */
export function ResultTable({ run }: { run: RunSummary }) {
  const results = useAppState((state) => state.runs.opened.results);
  return (
    <section aria-label="Results" className="min-w-0 rounded-lg border border-line bg-s0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3.5 py-2">
        <h2 className="font-semibold text-t1">Results</h2>
        <ResultFilterChoice run={run} />
      </div>
      {results.kind === "failed" && (
        <div className="p-3">
          <Notice tone="bad">{results.message}</Notice>
        </div>
      )}
      {results.kind === "ready" && results.value.total === 0 && (
        <p className="px-3.5 py-3 text-t3">No result is of this kind.</p>
      )}
      {results.kind === "ready" && results.value.total > 0 && (
        <ResultGrid results={results.value} options={run.options} />
      )}
    </section>
  );
}

function ResultGrid({ results, options }: { results: ResultWindow; options: RunOptions }) {
  const { first, items, total } = results;
  const app = useApp();
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const [rowPx] = useState(() => remToPx(LINE_REM.first + markLines(options) * LINE_REM.more));
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  });
  const rows = virtualizer.getVirtualItems();
  const [from, to] = [rows[0]?.index ?? 0, (rows.at(-1)?.index ?? 0) + 1];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice of results may have none of those in sight yet.
  useEffect(() => app.runs.look(from, to), [app, from, to, items]);
  const resultAt = (index: number): RunResult | undefined => items[index - first];

  const onKeyDown = (event: KeyboardEvent): void => {
    const index = movedBy(event.key, current, total, Math.max(1, to - from - 2 * OVERSCAN));
    const result = resultAt(current);
    if (index !== null) {
      setCurrent(index);
      virtualizer.scrollToIndex(index);
    } else if (event.key === "Enter" && result?.delivery != null) {
      showResult(app, result.deliveryId);
    } else if (event.key === "d" && result !== undefined) {
      const pair = comparableAnswers(result);
      if (pair !== null) compareAnswers(app, pair);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Results"
      aria-rowcount={total}
      aria-activedescendant={resultAt(current) === undefined ? undefined : resultRowId(current)}
      onKeyDown={onKeyDown}
      className="group max-h-112 overflow-y-auto overscroll-contain rounded-b-lg focus-visible:-outline-offset-2"
    >
      <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const result = resultAt(index);
          return result === undefined ? null : (
            <ResultRow
              key={result.seq}
              result={result}
              index={index}
              top={start}
              height={rowPx}
              options={options}
              isCurrent={index === current}
              onChoose={() => setCurrent(index)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Where a key leads from a row; null for a key that leads nowhere. */
function movedBy(key: string, current: number, total: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  if (key === "Home") return 0;
  if (key === "End") return total - 1;
  const step = steps[key];
  return step === undefined ? null : Math.min(total - 1, Math.max(0, current + step));
}
