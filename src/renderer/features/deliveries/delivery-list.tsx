// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Gap } from "#shared/domain/gap.ts";
import { openMenuAtPointer } from "../../actions/delivery-menu.ts";
import { select } from "../../actions/navigation-actions.ts";
import { focusRegion } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { deliveriesOf, gapsOf, newCount, selectedIndex } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { formatCount } from "../../theme/format.ts";
import { remToPx } from "../../ui/rem-to-px.ts";
import { useLayout } from "../../ui/use-layout.ts";
import { DeliveryRow, ROW_HEIGHT_REM, rowElementId } from "./delivery-row.tsx";
import { GapRow } from "./gap-row.tsx";
import { GAP_UNITS, mergeRows, rowAt, rowOfDelivery, rowOfId, unitsAbove } from "./list-rows.ts";

const COLUMNS = ["Received", "Event", "Signature", "Your server's answer"];
/** Rows drawn beyond the edge, and how near the end the next page is asked for. */
const OVERSCAN = 6;
const LOAD_AHEAD = 60;

/**
 * The deliveries as a grid of which only the rows in sight exist, with the gaps between them. The grid has the focus and
 * points at the selected row; new rows never move what is being read.
 */
export function DeliveryList() {
  const app = useApp();
  const items = useAppState(deliveriesOf);
  const gaps = useAppState(gapsOf);
  const isWhole = useAppState(({ mirror }) => mirror?.list.before === null);
  const total = useAppState(({ mirror }) => mirror?.list.total ?? 0);
  const selected = useAppState(selectedIndex);
  const selectedId = useAppState(({ view }) => view.selectedId);
  const layout = useLayout();
  const scroller = useRef<HTMLDivElement>(null);
  const [rowHeightPx] = useState(() => remToPx(ROW_HEIGHT_REM));
  const rows = useMemo(() => mergeRows(items, isWhole, gaps), [items, isWhole, gaps]);

  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeightPx * (rowAt(rows, index)?.kind === "gap" ? GAP_UNITS : 1),
    // The same function as long as the rows are the same: scrolling alone must not measure them all again.
    getItemKey: useCallback((index: number) => rowAt(rows, index)?.id ?? index, [rows]),
    overscan: OVERSCAN,
  });
  const drawn = virtualizer.getVirtualItems();
  const lastIndex = drawn.at(-1)?.index ?? 0;

  /** The first row in sight, and where it began when it was last looked at. */
  const anchor = useRef<{ readonly id: string; readonly start: number } | null>(null);
  const noteAnchor = useCallback((): void => {
    const row = virtualizer.getVirtualItemForOffset(scroller.current?.scrollTop ?? 0);
    anchor.current = row === undefined ? null : { id: String(row.key), start: row.start };
  }, [virtualizer]);
  useLayoutEffect(() => {
    const { current: element } = scroller;
    const { current: before } = anchor;
    const index = before === null ? -1 : rowOfId(rows, before.id);
    const moved = before === null || index === -1 ? 0 : unitsAbove(rows, index) * rowHeightPx - before.start;
    // Asked last: it makes the browser lay out what was just added, which older rows at the end need not wait for.
    if (before !== null && moved === 0) return;
    if (element !== null && element.scrollTop > 0) element.scrollTop += moved;
    noteAnchor();
  }, [rows, rowHeightPx, noteAnchor]);

  const rowsNow = useRef(rows);
  rowsNow.current = rows;
  useEffect(() => {
    if (selectedId !== null) {
      const index = selectedIndex(app.store.getState());
      if (index !== -1) virtualizer.scrollToIndex(rowOfDelivery(rowsNow.current, index), { align: "auto" });
    }
    // The list follows the selection when the user moves it, not when rows come above it.
  }, [selectedId, app, virtualizer]);

  useEffect(() => {
    if (lastIndex >= rows.count - LOAD_AHEAD) app.attempt(app.list.loadMore);
  }, [lastIndex, rows.count, app]);

  const onScroll = (): void => {
    noteAnchor();
    const isAtTop = (scroller.current?.scrollTop ?? 0) < rowHeightPx;
    const { view } = app.store.getState();
    if (isAtTop !== view.isAtTop) setView(app.store, { isAtTop, topSeenId: isAtTop ? null : (items[0]?.id ?? null) });
  };
  const onAsk = useCallback((gap: Gap) => setView(app.store, { dialog: { kind: "missed", gap } }), [app]);
  const onSelect = useCallback(
    (id: string) => {
      select(app, id, { open: true });
      focusRegion(layout === "narrow" ? "detail" : "list");
    },
    [app, layout],
  );

  return (
    <div className="relative min-h-0 flex-1">
      <NewPill onClick={() => scroller.current?.scrollTo({ top: 0 })} />
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        data-region="list"
        aria-label="Deliveries"
        aria-rowcount={total + gaps.length + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={selected === -1 || selectedId === null ? undefined : rowElementId(selectedId)}
        onScroll={onScroll}
        onContextMenu={(event) => openMenuAtPointer(app, event) && event.preventDefault()}
        className="h-full overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <div role="row" aria-rowindex={1} className="sr-only">
          {COLUMNS.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {drawn.map(({ index, start, size }) => {
            const row = rowAt(rows, index);
            if (row === undefined) return null;
            const place = { rowIndex: index + 2, top: start };
            return row.kind === "gap" ? (
              <GapRow key={row.id} gap={row.gap} {...place} height={size} columns={COLUMNS.length} onAsk={onAsk} />
            ) : (
              <DeliveryRow
                key={row.id}
                delivery={row.delivery}
                {...place}
                isSelected={row.id === selectedId}
                onSelect={onSelect}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function NewPill({ onClick }: { onClick: () => void }) {
  const count = useAppState(newCount);
  if (count === 0) return null;
  return (
    <button
      type="button"
      onClick={onClick}
      className="absolute top-2 left-1/2 z-10 flex h-6 -translate-x-1/2 items-center gap-1 rounded-full bg-accent px-3 text-code font-semibold text-on-accent shadow-lg"
    >
      <ArrowUp aria-hidden="true" size={13} strokeWidth={2.6} />
      {formatCount(count)} new
    </button>
  );
}
