import { Pause, Play, Square } from "lucide-react";
import { useRef } from "react";
import type { RunSummary } from "#shared/domain/run.ts";
import { useApp } from "../../app-context.ts";
import { formatCount, formatMs } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { useHandOnFocus } from "../common/use-hand-on-focus.ts";
import { useNow } from "../common/use-now.ts";

/** How far a run is and what can be done about it; nothing once it is over. */
export function RunControls({ run }: { run: RunSummary }) {
  if (run.state === "done" || run.state === "cancelled") return null;
  return <Controls run={run} />;
}

function Controls({ run }: { run: RunSummary }) {
  const app = useApp();
  const part = useRef<HTMLDivElement>(null);
  // The run may be over by its own buttons.
  useHandOnFocus(part);
  const { id: batchId, state, done, total, trouble } = run;
  const isPaused = state === "paused";
  const Icon = isPaused ? Play : Pause;
  return (
    <div ref={part} className="grid min-w-0 gap-2">
      {trouble !== undefined && (
        <Notice tone="warn">
          <SafeText text={trouble} />
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <progress max={total} value={done} aria-label="Progress" className="h-2 min-w-24 flex-1 accent-accent" />
        <span className="text-small text-t2 tabular-nums">
          {formatCount(done)} of {formatCount(total)}
          <NextDue run={run} />
        </span>
        <div className="flex gap-1.5">
          <Button
            needsEngine
            onClick={() => app.attempt(() => app.client.call(isPaused ? "replay.resume" : "replay.pause", { batchId }))}
          >
            <Icon aria-hidden="true" size={13} />
            {isPaused ? "Resume" : "Pause"}
          </Button>
          <Button needsEngine onClick={() => app.attempt(() => app.client.call("replay.cancel", { batchId }))}>
            <Square aria-hidden="true" size={13} />
            Cancel
          </Button>
        </div>
      </div>
      {state === "waiting" && <p className="text-small text-t3">It goes once the run before it is over or paused.</p>}
    </div>
  );
}

/** Original gaps can be hours: then it says how long there is nothing to see. */
function NextDue({ run: { state, nextAt } }: { run: RunSummary }) {
  const isAwaited = state === "going" && nextAt !== undefined;
  const now = useNow(1_000, isAwaited);
  if (!isAwaited) return null;
  return `, the next in ${formatMs(Math.max(0, Date.parse(nextAt) - now))}`;
}
