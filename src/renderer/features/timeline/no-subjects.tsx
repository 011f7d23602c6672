import { ChartNoAxesGantt, SearchX } from "lucide-react";
import { isSimulator } from "../../actions/simulator-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PlayButtons } from "../common/play-buttons.tsx";

/** Nothing came yet: what would be seen here, and with the simulator, a way to see it now. */
export function NoSubjects() {
  const canPlay = useAppState(isSimulator);
  return (
    <EmptyState icon={ChartNoAxesGantt} title="No video or live stream yet">
      <p className="text-t3">
        Each video and live stream gets a lane here once a delivery names it: renditions as they are encoded, start and
        end of a broadcast, its recording, captions and summary.
      </p>
      {canPlay ? (
        <>
          <div className="flex flex-wrap justify-center gap-2">
            <PlayButtons isPrimary />
          </div>
          <p className="text-small text-t3">At the simulator, within some seconds; nothing leaves this machine.</p>
        </>
      ) : (
        <p className="text-small text-t3">Upload a video to api.video, or start a live stream.</p>
      )}
    </EmptyState>
  );
}

export function NothingFound() {
  const app = useApp();
  const { kind, text } = useAppState(({ timeline }) => timeline.choice);
  const what = kind === null ? "video or live stream" : kind === "video" ? "video" : "live stream";
  return (
    <EmptyState icon={SearchX} title={`No ${what} matches`}>
      <p className="text-t3">
        {text === ""
          ? "The deliveries kept here name none."
          : "Of those that deliveries name, none has this text in its id."}
      </p>
      <Button onClick={() => app.timeline.choose({ kind: null, text: "" })}>Show all</Button>
    </EmptyState>
  );
}
