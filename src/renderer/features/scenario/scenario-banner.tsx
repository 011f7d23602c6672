import { Square } from "lucide-react";
import { useRef } from "react";
import type { ScenarioPlay } from "../../state/app-state.ts";
import { formatCount, formatMs } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useHandOnFocus } from "../common/use-hand-on-focus.ts";
import { useNow } from "../common/use-now.ts";

/** Shorter waits are over before they are read. */
const TOLD_MS = 1_000;

/** That events come by themselves, how many are still to come, and the way to end that. */
export function ScenarioBanner({ playing }: { playing: ScenarioPlay }) {
  const banner = useRef<HTMLElement>(null);
  // It goes by itself with the last event.
  useHandOnFocus(banner);
  const { title, sent, total, stop } = playing;
  return (
    <section ref={banner} aria-label="Scenario" className="flex-none">
      <Notice
        tone="info"
        isBanner
        action={
          <Button onClick={stop}>
            <Square aria-hidden="true" size={13} />
            Stop
          </Button>
        }
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <b role="status">{title} is simulated.</b>
          <progress max={total} value={sent} aria-label="Progress" className="h-2 w-32 accent-accent" />
          <span className="tabular-nums">
            {formatCount(sent)} of {formatCount(total)} events sent
            <NextDue dueAt={playing.dueAt} />
          </span>
        </span>
      </Notice>
    </section>
  );
}

function NextDue({ dueAt }: { dueAt: number }) {
  const leftMs = dueAt - useNow(1_000, true);
  if (leftMs < TOLD_MS) return null;
  return `, the next in ${formatMs(Math.round(leftMs / 1_000) * 1_000)}`;
}
