// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { select } from "../../actions/navigation-actions.ts";
import { focusRegion } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { deliveriesOf, newCount, selectedIndex } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { formatCount } from "../../theme/format.ts";
import { remToPx } from "../../ui/rem-to-px.ts";
import { useLayout } from "../../ui/use-layout.ts";
import { DeliveryRow, ROW_HEIGHT_REM, rowElementId } from "./delivery-row.tsx";

const COLUMNS = ["Received", "Event", "Signature", "Your server's answer"];
/** Rows drawn beyond the edge, and how near the end the next page is asked for. */
const OVERSCAN = 6;
const LOAD_AHEAD = 60;

/**
 * The deliveries as a grid of which only the rows in sight exist. The grid has the focus and points at the selected row;
 * new rows at the top never move what is being read.
 */
export function DeliveryList() {
  const app = useApp();
  const items = useAppState(deliveriesOf);
  const total = useAppState(({ mirror }) => mirror?.list.total ?? 0);
  const selected = useAppState(selectedIndex);
  const selectedId = useAppState(({ view }) => view.selectedId);
  const layout = useLayout();
  const scroller = useRef<HTMLDivElement>(null);
  const [rowHeightPx] = useState(() => remToPx(ROW_HEIGHT_REM));

  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: OVERSCAN,
  });
  const rows = virtualizer.getVirtualItems();
  const lastIndex = rows.at(-1)?.index ?? 0;

  const topId = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const before = topId.current;
    topId.current = items[0]?.id;
    const element = scroller.current;
    // Asked last: it makes the browser lay out what was just added, which older rows at the end need not wait for.
    if (element === null || before === undefined || before === topId.current || element.scrollTop === 0) return;
    const came = items.findIndex(({ id }) => id === before);
    if (came > 0) element.scrollTop += came * rowHeightPx;
  }, [items, rowHeightPx]);

  useEffect(() => {
    if (selectedId !== null) {
      const index = selectedIndex(app.store.getState());
      if (index !== -1) virtualizer.scrollToIndex(index, { align: "auto" });
    }
    // The list follows the selection when the user moves it, not when rows come above it.
  }, [selectedId, app, virtualizer]);

  useEffect(() => {
    if (lastIndex >= items.length - LOAD_AHEAD) app.attempt(app.list.loadMore);
  }, [lastIndex, items.length, app]);

  const onScroll = (): void => {
    const isAtTop = (scroller.current?.scrollTop ?? 0) < rowHeightPx;
    const { view } = app.store.getState();
    if (isAtTop !== view.isAtTop) setView(app.store, { isAtTop, topSeenId: isAtTop ? null : (items[0]?.id ?? null) });
  };
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
        aria-rowcount={total + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={selected === -1 || selectedId === null ? undefined : rowElementId(selectedId)}
        onScroll={onScroll}
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
          {rows.map(({ index, start }) => {
            const delivery = items[index];
            return (
              delivery && (
                <DeliveryRow
                  key={delivery.id}
                  delivery={delivery}
                  rowIndex={index + 2}
                  top={start}
                  isSelected={delivery.id === selectedId}
                  onSelect={onSelect}
                />
              )
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
