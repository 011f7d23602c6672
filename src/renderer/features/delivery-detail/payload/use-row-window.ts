import { type RefObject, useCallback, useLayoutEffect, useState } from "react";
import { type RowWindow, scrollTopFor, windowOf } from "./window-of.ts";

/** Rows of one height in an element that scrolls: which of them to draw, and how to bring one into sight. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number, rowPx: number) {
  const [{ scrollTopPx, viewportPx }, setScrolled] = useState({ scrollTopPx: 0, viewportPx: 600 });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const read = (): void => setScrolled({ scrollTopPx: element.scrollTop, viewportPx: element.clientHeight });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [scroller]);

  const rows: RowWindow = windowOf({ count, rowPx, viewportPx, scrollTopPx });
  const reveal = useCallback(
    (row: number): void => {
      const element = scroller.current;
      if (element === null) return;
      const { scrollTop, clientHeight } = element;
      const top = scrollTopFor(row, { count, rowPx, viewportPx: clientHeight, scrollTopPx: scrollTop });
      if (top !== null) element.scrollTop = top;
    },
    [scroller, count, rowPx],
  );
  return { rows, reveal };
}
