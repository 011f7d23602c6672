import clsx from "clsx";
import { memo } from "react";
import type { VerificationState } from "#shared/domain/verification.ts";
import type { Bar } from "./chart.ts";

/** The failed ones are hatched, so that no colour is needed to see them; where colours are forced, filled among hollow ones. */
const PART_LOOKS: Readonly<Record<VerificationState, string>> = {
  verified: "min-h-[3px] bg-ok forced-colors:border forced-colors:border-[CanvasText]",
  unsigned: "min-h-[3px] shrink-0 bg-t3 forced-colors:border forced-colors:border-[CanvasText]",
  unchecked: "min-h-[3px] shrink-0 bg-warn/80 forced-colors:border forced-colors:border-[CanvasText]",
  failed: "min-h-[5px] shrink-0 bg-bad bar-hatch forced-colors:bg-[CanvasText]",
};

interface Props {
  readonly bar: Bar;
  /** Time, counts and gap. */
  readonly words: string;
  readonly isPressed: boolean;
  /** Tab stops here. */
  readonly isStop: boolean;
}

/** One bar of the chart; the list around it has the clicks and the keys. */
export const BarButton = memo(function BarButton({ bar, words, isPressed, isStop }: Props) {
  return (
    <button
      type="button"
      data-start={bar.start}
      aria-label={words}
      title={bar.counts.failed > 0 ? `${words}\nShift: only the failed ones` : words}
      aria-pressed={isPressed}
      tabIndex={isStop ? 0 : -1}
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
  );
}, isSame);

/** With each delivery the chart is laid out anew, and mostly one bar of it has changed. */
function isSame(before: Props, now: Props): boolean {
  return (
    before.words === now.words &&
    before.isPressed === now.isPressed &&
    before.isStop === now.isStop &&
    before.bar.start === now.bar.start &&
    before.bar.parts.every(({ share }, nth) => share === now.bar.parts[nth]?.share)
  );
}
