import clsx from "clsx";
import { type KeyboardEvent, type MouseEvent, useRef, useState } from "react";
import type { VerificationState } from "#shared/domain/verification.ts";
import { barWords } from "./activity-words.ts";
import { type Bar, barFilter } from "./chart.ts";

/** The failed ones are hatched, so that no colour is needed to see them; where colours are forced, filled among hollow ones. */
const PART_LOOKS: Readonly<Record<VerificationState, string>> = {
  verified: "min-h-[3px] bg-ok/70 forced-colors:border forced-colors:border-[CanvasText]",
  unsigned: "min-h-[3px] shrink-0 bg-t3/60 forced-colors:border forced-colors:border-[CanvasText]",
  unchecked: "min-h-[3px] shrink-0 bg-warn/80 forced-colors:border forced-colors:border-[CanvasText]",
  failed: "min-h-[5px] shrink-0 bg-bad bar-hatch forced-colors:bg-[CanvasText]",
};

interface Props {
  readonly bars: readonly Bar[];
  readonly label: string;
  readonly now: number;
  /** The filter in force, which the bar that made it shows as pressed. */
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

/** The bars as a list of buttons with one stop for Tab: arrows go from bar to bar. */
export function BarList({ bars, label, now, filter, onFilter }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const stop = bars.some(({ start }) => start === focused) ? focused : bars.at(-1)?.start;

  const choose = (bar: Bar, onlyFailed: boolean): void => {
    const next = barFilter(bar, onlyFailed && bar.counts.failed > 0);
    onFilter(next === filter ? "" : next);
  };
  const onClick = (bar: Bar) => (event: MouseEvent<HTMLElement>) => {
    const part = event.target instanceof HTMLElement ? event.target.dataset["state"] : undefined;
    choose(bar, part === "failed" || event.shiftKey);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const index = bars.findIndex(({ start }) => start === stop);
    const to = nextIndex(event.key, index, bars.length);
    if (to === null) return;
    event.preventDefault();
    list.current?.querySelectorAll("button")[to]?.focus();
  };

  return (
    <ul ref={list} aria-label={label} className="flex h-10" onKeyDown={onKeyDown}>
      {bars.map((bar) => {
        const isFailedOnly = filter === barFilter(bar, true);
        const words = barWords(bar, now);
        return (
          <li key={bar.start} className="min-w-0 flex-1">
            <button
              type="button"
              aria-label={words}
              title={bar.counts.failed > 0 ? `${words}\nShift: only the failed ones` : words}
              aria-pressed={isFailedOnly || filter === barFilter(bar, false)}
              tabIndex={bar.start === stop ? 0 : -1}
              onFocus={() => setFocused(bar.start)}
              onClick={onClick(bar)}
              className={clsx(
                "flex size-full min-h-0 flex-col-reverse gap-px overflow-hidden border-b-2 border-transparent px-px pt-0.5 hover:bg-s2 focus-visible:outline-offset-0 aria-pressed:border-accent aria-pressed:bg-sel",
                bar.hasGap && "gap-hatch",
              )}
            >
              {bar.parts.map(({ state, share }) => (
                <span
                  key={state}
                  data-state={state}
                  style={{ height: `${share * 100}%` }}
                  className={clsx("block w-full rounded-[1px]", PART_LOOKS[state])}
                />
              ))}
            </button>
          </li>
        );
      })}
    </ul>
  );
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
