import { formatSubject } from "#shared/domain/subject.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { SubjectList } from "../../state/timeline-state.ts";
import { PAGE_SUBJECTS } from "../../state/timeline-state.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { groupSubjects } from "./group-subjects.ts";
import { NoSubjects, NothingFound } from "./no-subjects.tsx";
import { Recordings } from "./recordings.tsx";
import { SubjectLane } from "./subject-lane.tsx";

/** The most that one call gives. */
const MAX_SUBJECTS = 200;

/** A lane for each subject, the last active on top; recordings below their live stream. */
export function SubjectLanes() {
  const app = useApp();
  const list = useAppState(({ timeline }) => timeline.list);
  const isNarrowed = useAppState(({ timeline: { choice } }) => choice.kind !== null || choice.text !== "");
  switch (list.kind) {
    case "none":
    case "loading":
      return (
        <p role="status" className="appear-late py-4 text-t3">
          Loading
        </p>
      );
    case "failed":
      return (
        <div className="py-4">
          <Notice
            tone="bad"
            action={
              <Button needsEngine onClick={() => app.attempt(app.timeline.refresh)}>
                Try again
              </Button>
            }
          >
            <b>The videos and live streams cannot be listed.</b> {list.message}
          </Notice>
        </div>
      );
    case "ready":
      if (list.value.subjects.length > 0) return <Lanes list={list.value} />;
      return isNarrowed ? <NothingFound /> : <NoSubjects />;
  }
}

function Lanes({ list }: { list: SubjectList }) {
  const app = useApp();
  const limit = useAppState(({ timeline }) => timeline.choice.limit);
  return (
    <>
      <ul aria-label="Videos and live streams" className="divide-y divide-line">
        {groupSubjects(list.subjects).map(({ entry, recordings }) => (
          <li key={formatSubject(entry.subject)} className="grid min-w-0 gap-4 py-4">
            <SubjectLane subject={entry.subject} isAlone={false} />
            <Recordings subjects={recordings.map(({ subject }) => subject)} isAlone={false} />
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <div className="flex justify-center border-t border-line py-4">
          {limit < MAX_SUBJECTS ? (
            <Button
              needsEngine
              onClick={() => app.timeline.choose({ limit: Math.min(limit + PAGE_SUBJECTS, MAX_SUBJECTS) })}
            >
              Show older
            </Button>
          ) : (
            <p className="text-t3">Older ones are found by their id.</p>
          )}
        </div>
      )}
    </>
  );
}
