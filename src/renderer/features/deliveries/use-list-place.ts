import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { useApp, useAppState } from "../../app-context.ts";
import type { DeliveryList } from "../../state/app-state.ts";
import type { ListRow } from "../../state/list-rows.ts";
import { setView } from "../../state/store.ts";
import type { ListSpace } from "./list-space.ts";

/** How many rows before the end of what is loaded more is asked for: at rest, and while one scrolls. */
const AHEAD_AT_REST = 60;
const AHEAD_ON_SCROLL = 300;

interface Place {
  readonly list: DeliveryList;
  readonly rows: readonly ListRow[];
  readonly space: ListSpace;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
}

/**
 * Keeps what is read in its place, whatever comes above it, is loaded, folds or goes; follows the selection when the
 * user moves it; and has the parts of the list loaded that are scrolled to. Answers what is to be called on scrolling.
 */
export function useListPlace({ list, rows, space, scroller, virtualizer }: Place): () => void {
  const app = useApp();
  const selectedId = useAppState(({ view }) => view.selectedId);
  /** The first row in sight, and where it began when it was last looked at. */
  const anchor = useRef<{ readonly id: string; readonly start: number } | null>(null);
  const query = useRef<string | null>(null);
  const now = useRef({ list, rows, space });
  now.current = { list, rows, space };

  const look = useCallback(
    (ahead: number): void => {
      const element = scroller.current;
      if (element === null) return;
      const { list, rows, space } = now.current;
      const { scrollTop, clientHeight } = element;
      const index = space.rowAt(scrollTop);
      const row = rows[index];
      anchor.current = row === undefined ? null : { id: row.id, start: space.startOf(index) };
      const isAtTop = scrollTop < space.rowPx && list.newer === 0;
      const shown = rows.slice(Math.max(0, index)).find(({ kind }) => kind === "delivery");
      const offsetPx = row !== undefined && shown === row ? scrollTop - space.startOf(index) : 0;
      app.list.lookAt(list.query, isAtTop || shown === undefined ? null : { id: shown.id, offsetPx });
      const { view } = app.store.getState();
      if (isAtTop !== view.isAtTop) {
        const [newest] = list.items;
        const topSeen = isAtTop || newest === undefined ? null : { id: newest.id, arrivals: list.arrivals };
        setView(app.store, { isAtTop, topSeen });
      }
      const far = space.farFrom(scrollTop, clientHeight);
      if (far !== null) {
        app.attempt(() => app.list.showAt(far));
        return;
      }
      if (index < ahead) app.attempt(app.list.loadNewer);
      if (space.rowAt(scrollTop + clientHeight) >= rows.length - ahead) app.attempt(app.list.loadOlder);
    },
    [app, scroller],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const wanted = app.list.takeWanted((id) => rows.some((row) => row.id === id));
    const before = anchor.current;
    const indexOf = (id: string): number => rows.findIndex((row) => row.id === id);
    if (wanted !== null) {
      query.current = list.query;
      element.scrollTop = space.startOf(indexOf(wanted)) - (element.clientHeight - space.rowPx) / 3;
    } else if (query.current !== list.query) {
      // Another filter, or the list comes back to the screen: where one was in it, or its top.
      query.current = list.query;
      const sight = app.list.sightOf(list.query);
      const index = sight === null ? -1 : indexOf(sight.id);
      element.scrollTop = sight === null || index === -1 ? 0 : space.startOf(index) + sight.offsetPx;
    } else if (before !== null) {
      const index = indexOf(before.id);
      const moved = index === -1 ? 0 : space.startOf(index) - before.start;
      // Asked last: it makes the browser lay out what was just added, which older rows at the end need not wait for.
      if (moved !== 0 && element.scrollTop > 0) element.scrollTop += moved;
    }
    look(AHEAD_AT_REST);
  }, [app, list.query, rows, space, scroller, look]);

  useEffect(() => {
    // Coming back to the screen, it is where it was left, not where the selection is.
    if (!app.list.takeSelection(selectedId)) return;
    const index = now.current.rows.findIndex(({ id }) => id === selectedId);
    if (index !== -1) virtualizer.scrollToIndex(index, { align: "auto" });
    // The list follows the selection when the user moves it, not when rows come above it.
  }, [app, selectedId, virtualizer]);

  // What appears above or below the list takes room from it, and must not cover what is selected.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const before = height;
      height = element.clientHeight;
      const { rows, space } = now.current;
      const { selectedId } = app.store.getState().view;
      const index = height < before ? rows.findIndex(({ id }) => id === selectedId) : -1;
      if (index === -1) return;
      const fromTop = space.startOf(index) - element.scrollTop;
      if (fromTop >= 0 && fromTop < before) virtualizer.scrollToIndex(index, { align: "auto" });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [app, scroller, virtualizer]);

  return useCallback(() => look(AHEAD_ON_SCROLL), [look]);
}
