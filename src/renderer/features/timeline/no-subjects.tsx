import { ChartNoAxesGantt, Film, Radio, SearchX } from "lucide-react";
import type { SubjectKind } from "#shared/domain/subject.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useBusy } from "../common/use-busy.ts";

/** Nothing came yet: what would be seen here, and with the simulator, a way to see it now. */
export function NoSubjects() {
  const app = useApp();
  const isSimulator = useAppState(({ mirror }) => mirror?.api.environment === "simulator");
  const { isBusy, run } = useBusy();
  const play = (scenario: SubjectKind): void => run(() => app.client.call("simulator.play", { scenario }));
  return (
    <EmptyState icon={ChartNoAxesGantt} title="No video or live stream yet">
      <p className="text-t3">
        Each video and live stream gets a lane here once a delivery names it: renditions as they are encoded, start and
        end of a broadcast, its recording, captions and summary.
      </p>
      {isSimulator ? (
        <>
          <div className="flex flex-wrap justify-center gap-2">
            <Button look="primary" disabled={isBusy} onClick={() => play("video")}>
              <Film aria-hidden="true" size={14} />
              Encode a video
            </Button>
            <Button disabled={isBusy} onClick={() => play("live-stream")}>
              <Radio aria-hidden="true" size={14} />
              Broadcast live
            </Button>
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
