import { ActivityRange } from "#shared/domain/activity.ts";
import type { Gap } from "#shared/domain/gap.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { Activity } from "../../state/activity.ts";
import type { AppState } from "../../state/app-state.ts";
import { setView } from "../../state/store.ts";
import { remToPx } from "../../ui/rem-to-px.ts";
import { useWidth } from "../../ui/use-width.ts";
import { useAppStateEvery } from "../common/use-app-state-every.ts";
import { chartWords, RANGE_WORDS } from "./activity-words.ts";
import { BarList } from "./bar-list.tsx";
import { toChart } from "./chart.ts";
import { CountsLine } from "./counts-line.tsx";
import { PauseButton } from "./pause.tsx";
import { useChartNow } from "./use-chart-now.ts";

/** As wide as a target has to be (WCAG 2.2, 2.5.8). */
const MIN_BAR_REM = 1.5;
/** Bars that grow fifty times a second are no easier to read. */
const DRAW_EVERY_MS = 250;
const NO_GAPS: readonly Gap[] = [];

const activityOf = (state: AppState) => state.activity;

/** What came, when and in which state, above the list; the chart goes where there is no room for it, the counts stay. */
export function ActivityStrip() {
  const activity = useAppStateEvery(activityOf, DRAW_EVERY_MS);
  const hasAny = useAppState(({ mirror }) => (mirror?.counts.total ?? 0) > 0);
  return (
    // As wide as the list: a bar is a target, and twenty of them have room so.
    <section aria-label="Activity" className="-mx-3 grid gap-1">
      {activity.kind === "ready" && hasAny && (
        <div className="list-pane-small:hidden">
          <Bars activity={activity.value} />
        </div>
      )}
      <div className="flex min-h-6 flex-wrap items-center gap-x-2 px-3 text-tiny text-t3">
        <CountsLine />
        {activity.kind === "failed" && <span className="text-warn">The chart could not be counted.</span>}
        {hasAny && <RangeChoice />}
        <PauseButton />
      </div>
    </section>
  );
}

function Bars({ activity }: { activity: Activity }) {
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

function RangeChoice() {
  const app = useApp();
  const range = useAppState(({ mirror }) => mirror?.settings.values.activityRange);
  if (range === undefined) return null;
  return (
    <select
      aria-label="How far back the chart looks"
      value={range}
      onChange={({ target }) =>
        app.attempt(() => app.client.call("settings.update", { activityRange: ActivityRange.parse(target.value) }))
      }
      className="list-pane-small:hidden field-sizing-content h-6 rounded-sm bg-transparent text-t3 hover:bg-s2 hover:text-t1"
    >
      {ActivityRange.options.map((option) => (
        <option key={option} value={option} className="bg-s1 text-t1">
          {RANGE_WORDS[option]}
        </option>
      ))}
    </select>
  );
}
