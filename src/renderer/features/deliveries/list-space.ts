import type { DeliveryList } from "../../state/app-state.ts";
import type { ListRow } from "../../state/list-rows.ts";
import { olderCount } from "../../state/list-window.ts";

/**
 * Above and below the loaded rows there is room for as many as are not loaded, so that the scrollbar tells the truth;
 * beyond this many on a side it tells it in proportion, because browsers end at some thirty million pixels.
 */
const MAX_UNLOADED_ROWS = 150_000;

/** Where each row lies from the top of the list, in CSS pixels: all arithmetic, nothing is measured. */
export interface ListSpace {
  readonly rowPx: number;
  /** The height of what is not loaded above and below. */
  readonly abovePx: number;
  readonly belowPx: number;
  readonly totalPx: number;
  heightOf(index: number): number;
  /** From the top of the list; of the row after the last, where the loaded rows end. */
  startOf(index: number): number;
  /** The row at this height; -1 above the loaded rows, their count below them. */
  rowAt(y: number): number;
  /** Where nothing loaded is in sight: which of all deliveries would be in the middle; else null. */
  farFrom(scrollTop: number, viewPx: number): number | null;
}

export function createListSpace(
  list: Pick<DeliveryList, "items" | "newer" | "total" | "before" | "query" | "arrivals">,
  rows: readonly ListRow[],
  { rowPx, gapPx }: { readonly rowPx: number; readonly gapPx: number },
): ListSpace {
  const older = list.before === null ? 0 : olderCount(list);
  const abovePx = Math.min(list.newer, MAX_UNLOADED_ROWS) * rowPx;
  const belowPx = Math.min(older, MAX_UNLOADED_ROWS) * rowPx;
  const starts = [abovePx];
  for (const [index, row] of rows.entries()) starts.push((starts[index] ?? 0) + (row.kind === "gap" ? gapPx : rowPx));
  const endPx = starts.at(-1) ?? abovePx;

  function rowAt(y: number): number {
    if (y < abovePx) return -1;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle + 1] ?? 0) > y) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    rowPx,
    abovePx,
    belowPx,
    totalPx: endPx + belowPx,
    heightOf: (index) => (rows[index]?.kind === "gap" ? gapPx : rowPx),
    startOf: (index) => starts[index] ?? endPx,
    rowAt,
    farFrom(scrollTop, viewPx) {
      const middle = scrollTop + viewPx / 2;
      if (scrollTop + viewPx <= abovePx) return Math.floor((list.newer * middle) / abovePx);
      if (scrollTop < endPx || belowPx === 0) return null;
      const share = Math.min(1, (middle - endPx) / belowPx);
      return list.newer + list.items.length + Math.min(older - 1, Math.floor(older * share));
    },
  };
}
