import { ArrowLeft } from "lucide-react";
import { useEffect, useRef } from "react";
import { parseSubject } from "#shared/domain/subject.ts";
import { showTimeline } from "../../actions/timeline-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { AloneSubject } from "./alone-subject.tsx";
import { SubjectChooser } from "./subject-chooser.tsx";
import { SubjectLanes } from "./subject-lanes.tsx";

/** What happens to each video and live stream, as a picture to keep open while encoding runs. */
export function TimelineArea() {
  const app = useApp();
  const name = useAppState(({ view }) => view.subject);
  const subject = name === null ? null : parseSubject(name);
  const main = useRef<HTMLElement>(null);
  const shown = useRef(name);

  useEffect(() => {
    // What led here is gone with what was shown before, or was a key: from here on the Tab key goes through the lane.
    const hasMoved = shown.current !== name || name !== null;
    if (hasMoved && document.activeElement === document.body) main.current?.focus();
    shown.current = name;
  }, [name]);

  return (
    // Esc leads back one level, as in the list of deliveries; the button does the same.
    <main
      ref={main}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented || subject === null) return;
        event.preventDefault();
        showTimeline(app, null);
      }}
      data-region="timeline"
      tabIndex={-1}
      aria-label="Timeline"
      className="min-h-0 min-w-0 flex-1 overflow-auto bg-s0 focus-visible:-outline-offset-2"
    >
      <div className="border-b border-line bg-s1 px-4 py-2.5 sm:px-6">
        <div className="mx-auto flex max-w-[100rem] flex-wrap items-center gap-x-4 gap-y-2">
          <h1 className="text-title font-[650] text-t1">Timeline</h1>
          {subject === null ? (
            <SubjectChooser />
          ) : (
            <Button onClick={() => showTimeline(app, null)}>
              <ArrowLeft aria-hidden="true" size={14} />
              All videos and live streams
            </Button>
          )}
        </div>
      </div>
      <div className="px-4 sm:px-6">
        <div className="mx-auto max-w-[100rem]">
          {subject === null ? <SubjectLanes /> : <AloneSubject subject={subject} />}
        </div>
      </div>
    </main>
  );
}
