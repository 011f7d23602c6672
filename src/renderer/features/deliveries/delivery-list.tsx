// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { useCallback, useMemo, useRef } from "react";
import type { Gap } from "#shared/domain/gap.ts";
import { openMenuAtPointer } from "../../actions/delivery-menu.ts";
import { focusRegion } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { DeliveryList as ListWindow } from "../../state/app-state.ts";
import { toListRows } from "../../state/list-rows.ts";
import { olderCount } from "../../state/list-window.ts";
import { gapsOf, newCount } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { formatCount } from "../../theme/format.ts";
import { useHandOnFocus } from "../common/use-hand-on-focus.ts";
import { DeliveryRow, rowElementId } from "./delivery-row.tsx";
import { GapRow } from "./gap-row.tsx";
import { useListForm } from "./list-form.ts";
import { columnCount, ListHeadings } from "./list-headings.tsx";
import { createListSpace } from "./list-space.ts";
import { useListPlace } from "./use-list-place.ts";
import { useRowHands } from "./use-row-hands.ts";
import { useRowKeys } from "./use-row-keys.ts";

/** Rows drawn beyond the edge. */
const OVERSCAN = 4;

/** The part of the list that is loaded, once there is one. */
export function DeliveryList() {
  const list = useAppState(({ mirror }) => mirror?.list);
  return list === undefined ? null : <ListGrid list={list} />;
}

/**
 * The deliveries as a grid of which only the rows in sight exist, with the gaps between them. The grid has the focus and
 * points at the selected row; new rows never move what is being read.
 */
function ListGrid({ list }: { list: ListWindow }) {
  const app = useApp();
  const gaps = useAppState(gapsOf);
  const density = useAppState(({ mirror }) => mirror?.settings.values.density ?? "comfortable");
  const openFolds = useAppState(({ view }) => view.openFolds);
  const markedIds = useAppState(({ view }) => view.markedIds);
  const selectedId = useAppState(({ view }) => view.selectedId);
  const scroller = useRef<HTMLDivElement>(null);
  const { form, rowPx, gapPx, headingPx } = useListForm(scroller, density);
  const rows = useMemo(() => toListRows(list, gaps, openFolds, selectedId), [list, gaps, openFolds, selectedId]);
  const space = useMemo(() => createListSpace(list, rows, { rowPx, gapPx }), [list, rows, rowPx, gapPx]);
  const hands = useRowHands();
  useHandOnFocus(scroller);

  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: space.heightOf,
    // The same function as long as the rows are the same: scrolling alone must not measure them all again.
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    paddingStart: space.abovePx,
    paddingEnd: space.belowPx,
    // The headings cover as much of the list as they push down: what is below the edge is hidden by them.
    scrollPaddingEnd: headingPx,
    overscan: OVERSCAN,
  });
  const shown = virtualizer.getVirtualItems().flatMap(({ index }) => rows[index] ?? []);
  const first = virtualizer.getVirtualItems()[0]?.index ?? 0;
  const keys = useRowKeys(shown.map(({ id }) => id));
  const look = useListPlace({ list, rows, space, scroller, virtualizer });
  const onAsk = useCallback((gap: Gap) => setView(app.store, { dialog: { kind: "missed", gap } }), [app]);
  const isSelectedThere = selectedId !== null && shown.some(({ id }) => id === selectedId);
  const showNewest = (): void => {
    app.attempt(async () => {
      await app.list.showNewest();
      scroller.current?.scrollTo({ top: 0 });
      // The pill goes with what it told of.
      focusRegion("list");
    });
  };

  return (
    <div className="relative min-h-0 flex-1">
      <NewPill topPx={headingPx} onClick={showNewest} />
      <div
        ref={scroller}
        role="treegrid"
        tabIndex={0}
        data-region="list"
        aria-label="Deliveries"
        aria-multiselectable="true"
        aria-rowcount={list.newer + rows.length + (list.before === null ? 0 : olderCount(list)) + 1}
        aria-colcount={columnCount(form)}
        aria-activedescendant={isSelectedThere ? rowElementId(selectedId) : undefined}
        onScroll={look}
        onContextMenu={(event) => openMenuAtPointer(app, event) && event.preventDefault()}
        className="peer h-full overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <ListHeadings form={form} heightPx={headingPx} />
        <div role="rowgroup" className="relative" style={{ height: space.totalPx }}>
          {shown.map((row, nth) => {
            const index = first + nth;
            const key = keys[nth];
            const place = {
              rowIndex: list.newer + index + 2,
              top: space.startOf(index),
              height: space.heightOf(index),
            };
            return row.kind === "gap" ? (
              <GapRow key={key} gap={row.gap} {...place} columns={columnCount(form)} onAsk={onAsk} />
            ) : (
              <DeliveryRow
                key={key}
                row={row}
                form={form}
                {...place}
                isCurrent={row.id === selectedId}
                isMarked={markedIds.has(row.id)}
                isMarking={markedIds.size > 0}
                hands={hands}
              />
            );
          })}
          <Unloaded heightPx={space.abovePx} topPx={0} rowPx={rowPx} />
          <Unloaded heightPx={space.belowPx} topPx={space.totalPx - space.belowPx} rowPx={rowPx} />
        </div>
      </div>
      {/* The list's outline is drawn below its rows, and what is chosen would interrupt it. */}
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 z-1 hidden border-2 border-accent peer-focus-visible:block"
      />
    </div>
  );
}

/** Room for rows that are on their way, ruled like rows. */
function Unloaded({ heightPx, topPx, rowPx }: { heightPx: number; topPx: number; rowPx: number }) {
  if (heightPx === 0) return null;
  const rule = `repeating-linear-gradient(transparent 0 ${rowPx - 1}px, var(--line) ${rowPx - 1}px ${rowPx}px)`;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 opacity-55"
      style={{ top: topPx, height: heightPx, backgroundImage: rule }}
    />
  );
}

function NewPill({ topPx, onClick }: { topPx: number; onClick: () => void }) {
  const count = useAppState(newCount);
  if (count === 0) return null;
  return (
    <button
      type="button"
      onClick={onClick}
      style={{ marginTop: topPx }}
      className="absolute top-2 left-1/2 z-10 flex h-6 -translate-x-1/2 items-center gap-1 rounded-full bg-accent px-3 text-code font-semibold text-on-accent shadow-lg"
    >
      <ArrowUp aria-hidden="true" size={13} strokeWidth={2.6} />
      {formatCount(count)} new
    </button>
  );
}
