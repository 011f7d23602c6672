import { useLayoutEffect, useRef } from "react";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { CompareBar } from "./compare-bar.tsx";
import { ListFooter } from "./list-footer.tsx";
import { SelectionBar } from "./selection-bar.tsx";

/** What is below the list: what is marked, what is compared, and what concerns the list as a whole. */
export function ListBars() {
  const app = useApp();
  const bars = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (bars.current === null) return;
    return followPlace(bars.current, (barsFromBottomPx) => setView(app.store, { barsFromBottomPx }));
  }, [app]);
  return (
    <div ref={bars} className="flex-none">
      <SelectionBar />
      <CompareBar />
      <ListFooter />
    </div>
  );
}

/** Messages stand above the bars, wherever those are: what one works with there is never covered. */
function followPlace(bars: HTMLElement, tell: (fromBottomPx: number | null) => void): () => void {
  const observer = new ResizeObserver(() => tell(window.innerHeight - bars.getBoundingClientRect().top));
  observer.observe(bars);
  // The list moves the bars with its own size.
  if (bars.parentElement !== null) observer.observe(bars.parentElement);
  return () => {
    observer.disconnect();
    tell(null);
  };
}
