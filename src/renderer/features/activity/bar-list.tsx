import { type FocusEvent, type KeyboardEvent, type MouseEvent, useRef, useState } from "react";
import { barWords } from "./activity-words.ts";
import { BarButton } from "./bar-button.tsx";
import { type Bar, isAskedFor, toggleBar } from "./chart.ts";

interface Props {
  readonly bars: readonly Bar[];
  readonly label: string;
  readonly now: number;
  /** The filter in force; the bar whose time it asks for is pressed. */
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

/** The bars as a list of buttons with one stop for Tab: arrows go from bar to bar. */
export function BarList({ bars, label, now, filter, onFilter }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const stop = bars.some(({ start }) => start === focused) ? focused : bars.at(-1)?.start;

  const onClick = (event: MouseEvent): void => {
    const bar = barOf(event, bars);
    if (bar === undefined) return;
    const isOnFailed = event.target instanceof HTMLElement && event.target.dataset["state"] === "failed";
    onFilter(toggleBar(filter, bar, (isOnFailed || event.shiftKey) && bar.counts.failed > 0));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = bars.findIndex(({ start }) => start === stop);
    const to = nextIndex(event.key, index, bars.length);
    if (to === null) return;
    event.preventDefault();
    list.current?.querySelectorAll("button")[to]?.focus();
  };

  return (
    <ul
      ref={list}
      aria-label={label}
      className="flex h-10"
      onClick={onClick}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocused(barOf(event, bars)?.start ?? null)}
    >
      {bars.map((bar) => (
        <li key={bar.start} className="min-w-0 flex-1">
          <BarButton
            bar={bar}
            words={barWords(bar, now)}
            isPressed={isAskedFor(filter, bar)}
            isStop={bar.start === stop}
          />
        </li>
      ))}
    </ul>
  );
}

/** The bar that an event is about. */
function barOf(event: MouseEvent | FocusEvent, bars: readonly Bar[]): Bar | undefined {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-start]") : null;
  return bars.find(({ start }) => String(start) === button?.dataset["start"]);
}

/** Where a key leads from the bar at `index`; null for keys that lead nowhere. */
function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case "ArrowLeft":
      return Math.max(0, index - 1);
    case "ArrowRight":
      return Math.min(count - 1, index + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
