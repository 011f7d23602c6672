import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";
import { deliveriesOf, listRowsOf, shownIds, withRepeats } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { type Action, hasSelection, isInDeliveries } from "./action.ts";
import { keepFocus } from "./regions.ts";

/** Marking several deliveries, to do something with all of them; and opening the folds of repeats. */
export const MARK_ACTIONS: readonly Action[] = [
  {
    id: "mark.toggle",
    label: "Mark or unmark the selected delivery",
    keys: ["x"],
    when: hasSelection,
    run(app) {
      const { selectedId } = app.store.getState().view;
      if (selectedId !== null) toggleMark(app, selectedId);
    },
  },
  {
    id: "mark.down",
    isKeyOnly: true,
    label: "Extend the marks down",
    keys: ["Shift+ArrowDown"],
    scope: "list",
    when: isInDeliveries,
    run: (app) => extendBy(app, 1),
  },
  {
    id: "mark.up",
    isKeyOnly: true,
    label: "Extend the marks up",
    keys: ["Shift+ArrowUp"],
    scope: "list",
    when: isInDeliveries,
    run: (app) => extendBy(app, -1),
  },
  {
    id: "mark.all",
    label: "Mark all that are loaded",
    keys: ["$mod+a"],
    keywords: "select",
    scope: "list",
    when: isInDeliveries,
    run: markAll,
  },
  { id: "mark.clear", label: "Unmark all", keys: [], when: hasMarks, run: clearMarks },
  {
    id: "fold.open",
    isKeyOnly: true,
    label: "Show the repeats",
    keys: ["ArrowRight"],
    scope: "list",
    when: hasSelection,
    run: openSelectedFold,
  },
  {
    id: "fold.close",
    isKeyOnly: true,
    label: "Fold the repeats",
    keys: ["ArrowLeft"],
    scope: "list",
    when: hasSelection,
    run: closeSelectedFold,
  },
  {
    id: "deliveries.clear",
    needsEngine: true,
    label: "Clear all deliveries",
    keys: [],
    keywords: "delete history remove erase",
    isDangerous: true,
    when: ({ mirror }) => (mirror?.counts.total ?? 0) > 0,
    run: (app) => setView(app.store, { dialog: { kind: "clear" } }),
  },
];

function hasMarks({ view }: AppState): boolean {
  return view.area === "deliveries" && view.markedIds.size > 0;
}

/** Marks a delivery or takes its mark off, and with it a closed fold; ranges extend from here. */
export function toggleMark(app: App, id: string): void {
  const state = app.store.getState();
  const marked = new Set(state.view.markedIds);
  const isMarked = marked.has(id);
  for (const each of withRepeats(state, [id])) {
    if (isMarked) marked.delete(each);
    else marked.add(each);
  }
  setView(app.store, { markedIds: marked, markAnchorId: id });
}

/** Marks everything from where the last mark was set (or the selection) to `id`, and nothing else. */
export function markTo(app: App, id: string): void {
  const state = app.store.getState();
  const ids = shownIds(state);
  const anchor = state.view.markAnchorId ?? state.view.selectedId ?? id;
  const ends = [ids.indexOf(anchor), ids.indexOf(id)].filter((index) => index !== -1);
  const range = ids.slice(Math.min(...ends), Math.max(...ends) + 1);
  setView(app.store, {
    markedIds: new Set(withRepeats(state, range)),
    markAnchorId: ids.includes(anchor) ? anchor : id,
  });
}

export function clearMarks(app: App): void {
  setView(app.store, { markedIds: new Set(), markAnchorId: null });
  keepFocus();
}

function extendBy(app: App, step: 1 | -1): void {
  const { selectedId } = app.store.getState().view;
  const ids = shownIds(app.store.getState());
  const index = selectedId === null ? -1 : ids.indexOf(selectedId);
  const id = ids[Math.min(Math.max(index + step, 0), ids.length - 1)];
  if (id === undefined) return;
  markTo(app, id);
  setView(app.store, { selectedId: id });
}

function markAll(app: App): void {
  setView(app.store, { markedIds: new Set(deliveriesOf(app.store.getState()).map(({ id }) => id)) });
}

/** Opens or closes the fold with this id. One that holds what is selected closes onto its own row. */
export function toggleFold(app: App, foldId: string): void {
  const state = app.store.getState();
  const row = listRowsOf(state).find((one) => one.kind === "delivery" && one.foldId === foldId);
  if (row?.kind !== "delivery") return;
  const openFolds = new Set(state.view.openFolds);
  if (!row.isOpen) openFolds.add(foldId);
  else openFolds.delete(foldId);
  const { selectedId } = state.view;
  const hidesSelected = row.isOpen && row.repeats.some(({ id }) => id === selectedId);
  setView(app.store, { openFolds, ...(hidesSelected && { selectedId: row.id }) });
}

function selectedRow(app: App) {
  const state = app.store.getState();
  const row = listRowsOf(state).find(({ id }) => id === state.view.selectedId);
  return row?.kind === "delivery" ? row : undefined;
}

/** As in a tree: the first press opens, the next goes in. */
function openSelectedFold(app: App): void {
  const row = selectedRow(app);
  if (row === undefined || row.repeats.length === 0) return;
  if (row.isOpen) setView(app.store, { selectedId: row.repeats[0]?.id ?? row.id });
  else toggleFold(app, row.foldId);
}

/** As in a tree: from a repeat to the first one, and from there the fold closes. */
function closeSelectedFold(app: App): void {
  const row = selectedRow(app);
  if (row === undefined || !row.isOpen) return;
  if (row.nth === 1) {
    toggleFold(app, row.foldId);
    return;
  }
  const first = listRowsOf(app.store.getState()).find((one) => one.kind === "delivery" && one.foldId === row.foldId);
  // The fold stays open by itself once nothing in it is selected any more.
  const openFolds = new Set(app.store.getState().view.openFolds).add(row.foldId);
  if (first !== undefined) setView(app.store, { openFolds, selectedId: first.id });
}
