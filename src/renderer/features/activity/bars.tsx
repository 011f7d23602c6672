import type { Gap } from "#shared/domain/gap.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { Activity } from "../../state/activity.ts";
import { setView } from "../../state/store.ts";
import { remToPx } from "../../ui/rem-to-px.ts";
import { useWidth } from "../../ui/use-width.ts";
import { chartWords } from "./activity-words.ts";
import { BarList } from "./bar-list.tsx";
import { toChart } from "./chart.ts";
import { useChartNow } from "./use-chart-now.ts";

/** As wide as a target has to be (WCAG 2.2, 2.5.8). */
const MIN_BAR_REM = 1.5;
const NO_GAPS: readonly Gap[] = [];

/** The chart, as many bars of it as there is room for. */
export function Bars({ activity }: { activity: Activity }) {
  const app = useApp();
  const [frame, measured] = useWidth();
  const width = measured ?? 0;
  const now = useChartNow(activity.bucketMs);
  const gaps = useAppState(({ mirror }) => mirror?.gaps ?? NO_GAPS);
  const filter = useAppState(({ view }) => view.filter);
  const chart = toChart(activity, gaps, now, Math.floor(width / remToPx(MIN_BAR_REM)));
  return (
    <div ref={frame}>
      <BarList
        bars={width === 0 ? [] : chart.bars}
        label={chartWords(activity.range, chart.counts)}
        now={now}
        filter={filter}
        onFilter={(next) => setView(app.store, { filter: next })}
      />
    </div>
  );
}
