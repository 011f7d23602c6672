import type { App } from "../app-context.ts";
import { selectedIndex, shownIds } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { type Action, isInDeliveries } from "./action.ts";

/** How far Page Up and Page Down go. */
const PAGE_ROWS = 10;

/** From one delivery of the list to another. */
export const LIST_ACTIONS: readonly Action[] = [
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
];

/** Selects a delivery; with `open`, the detail comes to the front where it covers the list. */
export function select(app: App, id: string, options: { open?: boolean } = {}): void {
  setView(app.store, { selectedId: id, ...(options.open && { isDetailOpen: true }) });
}

function moveBy(step: number): (app: App) => void {
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
