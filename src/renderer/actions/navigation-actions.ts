import type { App } from "../app-context.ts";
import { TABS } from "../state/hash.ts";
import { deliveriesOf, selectedIndex } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { type Action, hasSelection, isInDeliveries } from "./action.ts";
import { focusNextRegion, focusRegion } from "./regions.ts";

/** How far Page Up and Page Down go. */
const PAGE_ROWS = 10;

export const NAVIGATION_ACTIONS: readonly Action[] = [
  { id: "list.next", label: "Next delivery", keys: ["j"], hint: ["j/k", "move"], when: isInDeliveries, run: moveBy(1) },
  {
    id: "list.previous",
    label: "Previous delivery",
    keys: ["k"],
    when: isInDeliveries,
    run: moveBy(-1),
  },
  {
    id: "list.down",
    label: "Down in the list",
    keys: ["ArrowDown"],
    scope: "list",
    when: isInDeliveries,
    run: moveBy(1),
  },
  { id: "list.up", label: "Up in the list", keys: ["ArrowUp"], scope: "list", when: isInDeliveries, run: moveBy(-1) },
  {
    id: "list.pageDown",
    label: "Ten rows down",
    keys: ["PageDown"],
    scope: "list",
    when: isInDeliveries,
    run: moveBy(PAGE_ROWS),
  },
  {
    id: "list.pageUp",
    label: "Ten rows up",
    keys: ["PageUp"],
    scope: "list",
    when: isInDeliveries,
    run: moveBy(-PAGE_ROWS),
  },
  { id: "list.newest", label: "Newest delivery", keys: ["g g"], when: isInDeliveries, run: (app) => moveTo(app, 0) },
  {
    id: "list.oldest",
    label: "Oldest delivery loaded",
    keys: ["Shift+G"],
    when: isInDeliveries,
    run: (app) => moveTo(app, Number.POSITIVE_INFINITY),
  },
  {
    id: "list.home",
    label: "Top of the list",
    keys: ["Home"],
    scope: "list",
    when: isInDeliveries,
    run: (app) => moveTo(app, 0),
  },
  {
    id: "list.end",
    label: "End of the list",
    keys: ["End"],
    scope: "list",
    when: isInDeliveries,
    run: (app) => moveTo(app, Number.POSITIVE_INFINITY),
  },
  {
    id: "detail.open",
    label: "Read the selected delivery",
    keys: ["Enter"],
    scope: "list",
    when: hasSelection,
    run(app) {
      setView(app.store, { isDetailOpen: true });
      focusRegion("detail");
    },
  },
  {
    id: "detail.close",
    label: "Back to the list",
    keys: ["Escape"],
    when: isInDeliveries,
    run(app) {
      setView(app.store, { isDetailOpen: false });
      focusRegion("list");
    },
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
  { id: "tab.next", label: "Next tab", keys: ["]"], when: hasSelection, run: (app) => moveTab(app, 1) },
  { id: "tab.previous", label: "Previous tab", keys: ["["], when: hasSelection, run: (app) => moveTab(app, -1) },
  {
    id: "filter.focus",
    label: "Filter the list",
    keys: ["/"],
    hint: ["/", "filter"],
    when: isInDeliveries,
    run(app) {
      setView(app.store, { isDetailOpen: false });
      focusRegion("filter");
    },
  },
  { id: "region.next", label: "Next region of the window", keys: ["F6"], run: () => focusNextRegion(1) },
  { id: "region.previous", label: "Previous region", keys: ["Shift+F6"], run: () => focusNextRegion(-1) },
];

/** Selects a delivery; with `open`, the detail comes to the front where it covers the list. */
export function select(app: App, id: string, options: { open?: boolean } = {}): void {
  setView(app.store, { selectedId: id, ...(options.open && { isDetailOpen: true }) });
}

function moveBy(step: number): (app: App) => void {
  return (app) => {
    const index = selectedIndex(app.store.getState());
    moveTo(app, index === -1 ? 0 : index + step);
  };
}

function moveTo(app: App, index: number): void {
  const deliveries = deliveriesOf(app.store.getState());
  const delivery = deliveries[Math.min(Math.max(index, 0), deliveries.length - 1)];
  if (delivery !== undefined) select(app, delivery.id);
  if (index >= deliveries.length - PAGE_ROWS) app.attempt(app.list.loadMore);
}

function moveTab(app: App, step: 1 | -1): void {
  const index = TABS.indexOf(app.store.getState().view.tab);
  const tab = TABS[(index + step + TABS.length) % TABS.length];
  if (tab !== undefined) setView(app.store, { tab });
}
