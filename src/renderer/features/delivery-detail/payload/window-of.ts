/** Which rows of a long list are drawn, and where: rows of one height, so that a million cost as much as fifty. */
export interface RowWindow {
  readonly first: number;
  /** Not drawn any more. */
  readonly end: number;
  /** Of the first row, from the top of what scrolls. */
  readonly topPx: number;
  /** Of what scrolls. */
  readonly heightPx: number;
}

/** Browsers give up placing things further down than some ten million pixels (Firefox: 17.9, Chromium: 33.5). */
export const MAX_HEIGHT_PX = 8_000_000;
const OVERSCAN_ROWS = 6;

export interface Scrolled {
  readonly count: number;
  readonly rowPx: number;
  readonly viewportPx: number;
  readonly scrollTopPx: number;
}

/**
 * The rows in sight and a few around them. Where all rows together are higher than a page can be, the way that can be
 * scrolled stands for them in proportion.
 */
export function windowOf({ count, rowPx, viewportPx, scrollTopPx }: Scrolled): RowWindow {
  const heightPx = Math.min(count * rowPx, MAX_HEIGHT_PX);
  const wayPx = Math.max(0, heightPx - viewportPx);
  const top = Math.min(Math.max(0, scrollTopPx), wayPx);
  /** What would be scrolled if the page could be as high as all rows. */
  const realTop = wayPx === 0 ? 0 : (top / wayPx) * Math.max(0, count * rowPx - viewportPx);
  const first = Math.max(0, Math.floor(realTop / rowPx) - OVERSCAN_ROWS);
  const end = Math.min(count, Math.ceil((realTop + viewportPx) / rowPx) + OVERSCAN_ROWS);
  return { first, end, topPx: top - (realTop - first * rowPx), heightPx };
}

/** Where to scroll so that `row` is in sight, moving no further than needed; null where it is in sight already. */
export function scrollTopFor(row: number, scrolled: Scrolled): number | null {
  const { count, rowPx, viewportPx, scrollTopPx } = scrolled;
  const wayPx = Math.max(0, Math.min(count * rowPx, MAX_HEIGHT_PX) - viewportPx);
  const realWayPx = Math.max(0, count * rowPx - viewportPx);
  if (wayPx === 0) return null;
  const realTop = (Math.min(scrollTopPx, wayPx) / wayPx) * realWayPx;
  const rowTop = row * rowPx;
  const wanted =
    rowTop < realTop ? rowTop : rowTop + rowPx > realTop + viewportPx ? rowTop + rowPx - viewportPx : realTop;
  return wanted === realTop ? null : (Math.min(wanted, realWayPx) / realWayPx) * wayPx;
}

/** The numbers of the rows that are drawn. */
export function rowNumbers({ first, end }: Pick<RowWindow, "first" | "end">): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}
