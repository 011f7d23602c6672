import { Suspense } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { ActivityRange } from "#shared/domain/activity.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { lazyPart } from "../../lazy-part.tsx";
import type { AppState } from "../../state/app-state.ts";
import { hasDeliveries } from "../../state/selectors.ts";
import { Select } from "../../ui/field.tsx";
import { useAppStateEvery } from "../common/use-app-state-every.ts";
import { CountsLine } from "./counts-line.tsx";
import { PauseButton } from "./pause.tsx";
import { RANGE_WORDS } from "./range-words.ts";

/** Bars that grow fifty times a second are no easier to read. */
const DRAW_EVERY_MS = 250;

const Bars = lazyPart(async () => (await import("./bars.tsx")).Bars);

const activityOf = (state: AppState) => state.activity;

/** What came, when and in which state, above the list; the chart goes where there is no room for it, the counts stay. */
export function ActivityStrip() {
  const activity = useAppStateEvery(activityOf, DRAW_EVERY_MS);
  const hasAny = useAppState(hasDeliveries);
  return (
    // As wide as the list: a bar is a target, and twenty of them have room so.
    <section aria-label="Activity" className="-mx-3 grid gap-1">
      {activity.kind !== "failed" && hasAny && (
        // Its place is kept until it is there: a row that moves under the pointer is missed.
        <div className="list-pane-small:hidden min-h-10">
          {/* What the first start does not show is fetched with the first delivery; the counts do without it. */}
          <ErrorBoundary fallback={null}>
            <Suspense fallback={null}>{activity.kind === "ready" && <Bars activity={activity.value} />}</Suspense>
          </ErrorBoundary>
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

function RangeChoice() {
  const app = useApp();
  const range = useAppState(({ mirror }) => mirror?.settings.values.activityRange);
  if (range === undefined) return null;
  return (
    <Select
      look="bare"
      needsEngine
      aria-label="How far back the chart looks"
      value={range}
      onChange={({ target }) =>
        app.attempt(() => app.saveSettings({ activityRange: ActivityRange.parse(target.value) }))
      }
      className="list-pane-small:hidden field-sizing-content h-6 rounded-sm bg-transparent text-t3 hover:bg-s2 hover:text-t1"
    >
      {ActivityRange.options.map((option) => (
        <option key={option} value={option} className="bg-s1 text-t1">
          {RANGE_WORDS[option]}
        </option>
      ))}
    </Select>
  );
}
