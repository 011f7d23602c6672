import { useLayoutEffect, useRef } from "react";
import { MESSAGES_ID } from "../../ui/toasts.tsx";
import { CompareBar } from "./compare-bar.tsx";
import { ListFooter } from "./list-footer.tsx";
import { SelectionBar } from "./selection-bar.tsx";

/** What is below the list: what is marked, what is compared, and what concerns the list as a whole. */
export function ListBars() {
  const bars = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (bars.current === null ? undefined : keepFree(bars.current)), []);
  return (
    <div ref={bars} className="flex-none">
      <SelectionBar />
      <CompareBar />
      <ListFooter />
    </div>
  );
}

/** Messages stand above the bars, wherever those are: what one works with there is never covered. */
function keepFree(bars: HTMLElement): () => void {
  // Told to the messages alone: said on the root, the style of the whole window would be computed anew.
  const messages = document.getElementById(MESSAGES_ID);
  const observer = new ResizeObserver(() =>
    messages?.style.setProperty("--messages-bottom", `${window.innerHeight - bars.getBoundingClientRect().top + 8}px`),
  );
  observer.observe(bars);
  // The list moves the bars with its own size.
  if (bars.parentElement !== null) observer.observe(bars.parentElement);
  return () => {
    observer.disconnect();
    messages?.style.removeProperty("--messages-bottom");
  };
}
