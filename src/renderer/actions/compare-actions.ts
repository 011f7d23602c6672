import type { Attempt } from "#shared/domain/attempt.ts";
import { deliveryNumber } from "#shared/domain/delivery.ts";
import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";
import type { ComparedRef } from "../state/compared-side.ts";
import { setView } from "../state/store.ts";
import { type Action, hasSelection } from "./action.ts";

export const COMPARE_ACTIONS: readonly Action[] = [
  {
    id: "compare.mark",
    label: "Compare: mark this one, then press again on another",
    labelNow: ({ view }) => {
      if (view.comparedId === null) return "Compare with another delivery";
      return view.comparedId === view.selectedId ? "Compare no longer" : "Compare with the marked delivery";
    },
    keywords: "diff difference",
    keys: ["d"],
    hint: ["d", "compare"],
    when: hasSelection,
    run: markOrCompare,
  },
  {
    id: "compare.marked",
    label: "Compare the two marked deliveries",
    keys: [],
    when: ({ view }) => view.area === "deliveries" && view.markedIds.size === 2,
    run(app) {
      const [one, other] = app.store.getState().view.markedIds;
      if (one !== undefined && other !== undefined) compare(app, one, other);
    },
  },
  {
    id: "compare.original",
    label: "Compare with the delivery it repeats or was made from",
    keys: [],
    when: (state) => originalOf(state) !== null,
    run(app) {
      const { view } = app.store.getState();
      const original = originalOf(app.store.getState());
      if (original === null || view.selectedId === null) return;
      openComparison(app, { kind: "delivery", id: original }, { kind: "delivery", id: view.selectedId });
    },
  },
  {
    id: "compare.answers",
    label: "Compare the last two answers of your server",
    keys: ["Shift+D"],
    when: (state) => lastTwo(state) !== null,
    run(app) {
      const pair = lastTwo(app.store.getState());
      if (pair !== null) openComparison(app, answerOf(pair[0]), answerOf(pair[1]));
    },
  },
];

export function openComparison(app: App, before: ComparedRef, after: ComparedRef): void {
  setView(app.store, { dialog: { kind: "compare", before, after }, comparedId: null });
}

export function answerOf({ deliveryId, id }: Attempt): ComparedRef {
  return { kind: "answer", deliveryId, attemptId: id };
}

/** The first press marks, the second on another compares, the second on the same lets go. */
function markOrCompare(app: App): void {
  const { selectedId, comparedId } = app.store.getState().view;
  if (selectedId === null) return;
  if (comparedId === null || comparedId === selectedId) {
    setView(app.store, { comparedId: comparedId === null ? selectedId : null });
    return;
  }
  compare(app, comparedId, selectedId);
}

/** Ids count up: the one that came first stands first. */
function compare(app: App, one: string, other: string): void {
  const [before, after] = deliveryNumber(one) < deliveryNumber(other) ? [one, other] : [other, one];
  openComparison(app, { kind: "delivery", id: before }, { kind: "delivery", id: after });
}

function originalOf({ detail, view }: AppState): string | null {
  if (detail.kind !== "ready" || detail.value.id !== view.selectedId) return null;
  return detail.value.originId ?? detail.value.duplicateOf ?? null;
}

function lastTwo({ detail, view }: AppState): readonly [Attempt, Attempt] | null {
  if (detail.kind !== "ready" || detail.value.id !== view.selectedId) return null;
  const [before, after] = detail.value.attempts.slice(-2);
  return before === undefined || after === undefined ? null : [before, after];
}
