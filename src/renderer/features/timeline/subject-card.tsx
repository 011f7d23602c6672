import { useMemo } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { formatSubject, mainSubject, type SubjectRef } from "#shared/domain/subject.ts";
import { showTimeline } from "../../actions/timeline-actions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import type { EngineMirror } from "../../state/app-state.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { gapsWithin } from "./gaps-within.ts";
import { LaneNotes, StillToCome } from "./lane-notes.tsx";
import { LanePicture } from "./lane-picture.tsx";
import { countWords, KIND_WORDS, shortId } from "./subject-words.ts";
import { useLane } from "./use-lane.ts";

const NO_GAPS: EngineMirror["gaps"] = [];
const CARD_STEPS = 24;

/** The life of what a delivery is about, with this delivery's place in it. Absent where it names no subject. */
export function SubjectCard({ delivery }: { delivery: Pick<DeliveryDetail, "id" | "subject"> }) {
  const subject = mainSubject(delivery.subject);
  return subject === null ? null : <LifeOf subject={subject} deliveryId={delivery.id} />;
}

function LifeOf({ subject, deliveryId }: { subject: SubjectRef; deliveryId: string }) {
  const app = useApp();
  const { timeline, now } = useLane(formatSubject(subject));
  const allGaps = useAppState(({ mirror }) => mirror?.gaps ?? NO_GAPS);
  const gaps = useMemo(() => (timeline === null ? [] : gapsWithin(allGaps, timeline, now)), [allGaps, timeline, now]);
  const kind = KIND_WORDS[subject.kind].toLowerCase();
  return (
    <Card title={`This ${kind}`} aside={timeline === null ? "" : countWords(timeline)}>
      {timeline === null ? (
        <div className="h-19" />
      ) : (
        <div className="grid gap-2">
          <LanePicture
            timeline={timeline}
            maxSteps={CARD_STEPS}
            gaps={gaps}
            now={now}
            label={`Events of ${kind} ${shortId(subject)}`}
            currentId={deliveryId}
          />
          <LaneNotes timeline={timeline} gaps={gaps} />
          <div className="flex flex-wrap items-center justify-between gap-2">
            <StillToCome timeline={timeline} hasReasons={false} />
            <Button onClick={() => showTimeline(app, subject)}>Show its timeline</Button>
          </div>
        </div>
      )}
    </Card>
  );
}
