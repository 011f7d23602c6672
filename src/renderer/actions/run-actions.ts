import type { RunResult, RunSummary } from "#shared/domain/run.ts";
import type { App } from "../app-context.ts";
import type { AppState, RunSelection } from "../state/app-state.ts";
import { hasDeliveries, queryToApply, withRepeats } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { type Action, isInDeliveries } from "./action.ts";
import { openComparison } from "./compare-actions.ts";
import { keepFocusInArea } from "./regions.ts";

/** Replaying many deliveries at once. */
export const RUN_ACTIONS: readonly Action[] = [
  {
    id: "run.marked",
    needsEngine: true,
    label: "Replay the marked deliveries…",
    keys: ["Shift+R"],
    keywords: "run batch sequence send again many",
    when: ({ view }) => view.area === "deliveries" && view.markedIds.size > 0,
    run: (app) => newRun(app, { ids: markedIds(app.store.getState()) }),
  },
  {
    id: "run.found",
    needsEngine: true,
    label: "Replay what the filter finds…",
    labelNow: (state) => (queryToApply(state) === "" ? "Replay all deliveries…" : "Replay what the filter finds…"),
    keys: [],
    keywords: "run batch sequence send again many",
    when: (state) => isInDeliveries(state) && hasDeliveries(state),
    run: (app) => newRun(app, { query: queryToApply(app.store.getState()) }),
  },
];

/** Asks how to replay them. */
export function newRun(app: App, selection: RunSelection): void {
  setView(app.store, { dialog: { kind: "new-run", selection } });
}

/** Results asked for at a time, which is as many as there are at once. */
const PAGE = 500;

/** Asks how to replay the same deliveries once more, to be compared with what came of them in this run. */
export async function replayAgain(app: App, run: RunSummary): Promise<void> {
  // Not by the search that found them: one for what failed finds nothing once that is mended.
  setView(app.store, { dialog: { kind: "new-run", selection: { ids: await idsOf(app, run) }, again: run } });
}

async function idsOf(app: App, { id, total }: RunSummary): Promise<readonly string[]> {
  // A fault may have sent some of them more than once.
  const ids = new Set<string>();
  for (let skip = 0; skip < total; skip += PAGE) {
    const { results } = await app.client.call("runs.results", { id, skip, limit: PAGE });
    for (const { delivery, deliveryId } of results) if (delivery !== null) ids.add(deliveryId);
  }
  return [...ids];
}

/** What is done with a closed fold is done with all of it. */
function markedIds(state: AppState): readonly string[] {
  return withRepeats(state, state.view.markedIds);
}

export function showRun(app: App, id: string | null): void {
  setView(app.store, { area: "replays", runId: id });
  keepFocusInArea("replays");
}

/** Goes to a delivery of a run and what came of its attempts. */
export function showResult(app: App, deliveryId: string): void {
  setView(app.store, {
    ...{ area: "deliveries", selectedId: deliveryId, tab: "attempts" },
    ...{ isDetailOpen: true, isDetailHidden: false },
  });
}

/** Null where one of the two answers is not kept. */
export function comparableAnswers({
  deliveryId,
  attemptId,
  comparedWith,
}: Pick<RunResult, "deliveryId" | "attemptId" | "comparedWith">) {
  const before = comparedWith?.attemptId ?? null;
  return before === null || attemptId === null ? null : { deliveryId, before, after: attemptId };
}

export function compareAnswers(app: App, pair: NonNullable<ReturnType<typeof comparableAnswers>>): void {
  const { deliveryId, before, after } = pair;
  openComparison(
    app,
    { kind: "answer", deliveryId, attemptId: before },
    { kind: "answer", deliveryId, attemptId: after },
  );
}

/** It can be brought back for as long as the message stands. */
export async function removeRun(app: App, { id }: RunSummary): Promise<void> {
  await app.client.call("runs.remove", { id });
  const { view } = app.store.getState();
  if (view.runId === id) showRun(app, null);
  app.toast(`Run ${id} removed.`, {
    action: {
      label: "Undo",
      needsEngine: true,
      run: () => app.attempt(() => app.client.call("runs.restore", { id })),
    },
  });
}
