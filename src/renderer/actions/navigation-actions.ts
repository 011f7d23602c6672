import { menuAction } from "#shared/menu-actions.ts";
import type { App } from "../app-context.ts";
import { TABS } from "../state/hash.ts";
import { selectedIndex, shownIds } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { type Action, hasSelection, isInDeliveries } from "./action.ts";
import { clearMarks } from "./mark-actions.ts";
import { focusNextRegion, focusRegion } from "./regions.ts";

/** How far Page Up and Page Down go. */
const PAGE_ROWS = 10;

export const NAVIGATION_ACTIONS: readonly Action[] = [
  {
    id: "list.next",
    label: "Next delivery",
    keys: ["j"],
    hint: ["j/k", "move"],
    isKeyOnly: true,
    when: isInDeliveries,
    run: moveBy(1),
  },
  {
    id: "list.previous",
    label: "Previous delivery",
    keys: ["k"],
    when: isInDeliveries,
    isKeyOnly: true,
    run: moveBy(-1),
  },
  {
    id: "list.down",
    isKeyOnly: true,
    label: "Down in the list",
    keys: ["ArrowDown"],
    scope: "list",
    when: isInDeliveries,
    run: moveBy(1),
  },
  {
    id: "list.up",
    isKeyOnly: true,
    label: "Up in the list",
    keys: ["ArrowUp"],
    scope: "list",
    when: isInDeliveries,
    run: moveBy(-1),
  },
  {
    id: "list.pageDown",
    isKeyOnly: true,
    label: "Ten rows down",
    keys: ["PageDown"],
    scope: "list",
    when: isInDeliveries,
    run: moveBy(PAGE_ROWS),
  },
  {
    id: "list.pageUp",
    isKeyOnly: true,
    label: "Ten rows up",
    keys: ["PageUp"],
    scope: "list",
    when: isInDeliveries,
    run: moveBy(-PAGE_ROWS),
  },
  {
    id: "list.newest",
    group: "List",
    label: "Newest delivery",
    keys: ["g g"],
    when: isInDeliveries,
    run: moveToNewest,
  },
  {
    id: "list.oldest",
    group: "List",
    label: "Oldest delivery",
    keys: ["Shift+G"],
    when: isInDeliveries,
    run: moveToOldest,
  },
  {
    id: "list.home",
    isKeyOnly: true,
    label: "Top of the list",
    keys: ["Home"],
    scope: "list",
    when: isInDeliveries,
    run: moveToNewest,
  },
  {
    id: "list.end",
    isKeyOnly: true,
    label: "End of the list",
    keys: ["End"],
    scope: "list",
    when: isInDeliveries,
    run: moveToOldest,
  },
  {
    id: "detail.open",
    label: "Read the selected delivery",
    keys: ["Enter"],
    scope: "list",
    when: hasSelection,
    run(app) {
      setView(app.store, { isDetailOpen: true, isDetailHidden: false });
      focusRegion("detail");
    },
  },
  {
    id: "detail.close",
    label: "Back to the list",
    keys: ["Escape"],
    isKeyOnly: true,
    run: (app) => goBack(app),
  },
  ...TABS.map(
    (tab, index): Action => ({
      id: `tab.${tab}`,
      label: `${tab.charAt(0).toUpperCase()}${tab.slice(1)} tab`,
      keys: [String(index + 1)],
      when: hasSelection,
      run: (app) => setView(app.store, { tab }),
    }),
  ),
  {
    id: "tab.next",
    label: "Next tab",
    keys: ["]"],
    isKeyOnly: true,
    when: hasSelection,
    run: (app) => moveTab(app, 1),
  },
  {
    id: "tab.previous",
    label: "Previous tab",
    keys: ["["],
    isKeyOnly: true,
    when: hasSelection,
    run: (app) => moveTab(app, -1),
  },
  {
    ...menuAction("filter.focus"),
    group: "List",
    keywords: "search find",
    hint: ["/", "filter"],
    when: isInDeliveries,
    run(app) {
      setView(app.store, { isDetailOpen: false });
      focusRegion("filter");
    },
  },
  {
    id: "filter.clear",
    label: "Clear the filter",
    keys: [],
    group: "List",
    keywords: "search show all reset",
    when: ({ view }) => view.area === "deliveries" && view.filter !== "",
    run(app) {
      setView(app.store, { filter: "" });
      focusRegion("list");
    },
  },
  {
    ...menuAction("detail.toggle"),
    labelNow: ({ view }) => (view.isDetailHidden ? "Show the detail" : "Hide the detail"),
    group: "Window",
    keywords: "panel split wide list only",
    when: isInDeliveries,
    run: (app) => toggleDetail(app),
  },
  {
    id: "region.next",
    label: "Next region of the window",
    keys: ["F6"],
    isKeyOnly: true,
    run: () => focusNextRegion(1),
  },
  {
    id: "region.previous",
    label: "Previous region",
    keys: ["Shift+F6"],
    isKeyOnly: true,
    run: () => focusNextRegion(-1),
  },
];

/** One level up: from an area to the deliveries, from marked deliveries to none, from a delivery to the list. */
function goBack(app: App): void {
  const { area, markedIds } = app.store.getState().view;
  if (area === "deliveries" && markedIds.size > 0) {
    clearMarks(app);
    return;
  }
  setView(app.store, area === "deliveries" ? { isDetailOpen: false } : { area: "deliveries" });
  focusRegion("list");
}

/** Where the detail covers the list there is one of both at a time; elsewhere the list gets all the room. */
function toggleDetail(app: App): void {
  const { isDetailHidden, isDetailOpen } = app.store.getState().view;
  setView(app.store, { isDetailHidden: !isDetailHidden, isDetailOpen: !isDetailOpen });
  if (!isDetailHidden) focusRegion("list");
}

/** Selects a delivery; with `open`, the detail comes to the front where it covers the list. */
export function select(app: App, id: string, options: { open?: boolean } = {}): void {
  setView(app.store, { selectedId: id, ...(options.open && { isDetailOpen: true }) });
}

export function moveBy(step: number): (app: App) => void {
  return (app) =>
    app.attempt(async () => {
      const { selectedId } = app.store.getState().view;
      // The window was scrolled away from what is selected, and the next one is next to that.
      if (selectedId !== null && selectedIndex(app.store.getState()) === -1) await app.list.reveal(selectedId);
      const ids = shownIds(app.store.getState());
      const index = selectedId === null ? -1 : ids.indexOf(selectedId);
      const target = index === -1 ? firstInSight(app, ids) : Math.min(Math.max(index + step, 0), ids.length - 1);
      const id = ids[target];
      if (id !== undefined) select(app, id);
      if (target >= ids.length - PAGE_ROWS) await app.list.loadOlder();
      if (target < PAGE_ROWS) await app.list.loadNewer();
    });
}

/** Where one begins who has nothing selected. */
function firstInSight(app: App, ids: readonly string[]): number {
  const sight = app.list.sightOf(app.store.getState().mirror?.list.query ?? "");
  return sight === null ? 0 : Math.max(0, ids.indexOf(sight.id));
}

function moveToNewest(app: App): void {
  app.attempt(async () => {
    await app.list.showNewest();
    const [newest] = shownIds(app.store.getState());
    if (newest !== undefined) select(app, newest);
  });
}

function moveToOldest(app: App): void {
  app.attempt(async () => {
    await app.list.showOldest();
    const oldest = shownIds(app.store.getState()).at(-1);
    if (oldest !== undefined) select(app, oldest);
  });
}

function moveTab(app: App, step: 1 | -1): void {
  const index = TABS.indexOf(app.store.getState().view.tab);
  const tab = TABS[(index + step + TABS.length) % TABS.length];
  if (tab !== undefined) setView(app.store, { tab });
}
