import { menuAction } from "#shared/menu-actions.ts";
import type { App } from "../app-context.ts";
import { TABS } from "../state/hash.ts";
import { setView } from "../state/store.ts";
import { type Action, hasSelection, isInDeliveries } from "./action.ts";
import { clearMarks } from "./mark-actions.ts";
import { focusNextRegion, focusRegion, keepFocusInArea } from "./regions.ts";

/** From one part of the window to another. */
export const NAVIGATION_ACTIONS: readonly Action[] = [
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
  const { area, markedIds, runId } = app.store.getState().view;
  if (area === "deliveries" && markedIds.size > 0) {
    clearMarks(app);
    return;
  }
  if (area === "replays" && runId !== null) {
    setView(app.store, { runId: null });
    keepFocusInArea("replays");
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

function moveTab(app: App, step: 1 | -1): void {
  const index = TABS.indexOf(app.store.getState().view.tab);
  const tab = TABS[(index + step + TABS.length) % TABS.length];
  if (tab !== undefined) setView(app.store, { tab });
}
