import { useMemo } from "react";
import { formatSubject, type SubjectRef } from "#shared/domain/subject.ts";
import { useAppState } from "../../app-context.ts";
import { Recordings } from "./recordings.tsx";
import { SubjectLane } from "./subject-lane.tsx";

/** One subject with all that is to be said of it, and what it is tied to: a live stream above its recordings. */
export function AloneSubject({ subject }: { subject: SubjectRef }) {
  const related = useRelated(subject);
  const isRecording = subject.kind === "video" && related.length > 0;
  const head = isRecording ? (related[0] ?? subject) : subject;
  const recordings = isRecording ? [subject] : related;
  return (
    <div className="grid gap-4 py-4">
      <SubjectLane key={formatSubject(head)} subject={head} isAlone />
      <Recordings subjects={recordings} isAlone />
    </div>
  );
}

/** As far as its deliveries tell: the recordings of a live stream, the live stream of a recording. */
function useRelated(subject: SubjectRef): SubjectRef[] {
  const lane = useAppState(({ timeline }) => timeline.lanes[formatSubject(subject)]);
  return useMemo(() => {
    if (lane?.kind !== "ready") return [];
    const ids = lane.value.deliveries.flatMap(({ subject: named }) => {
      const id = subject.kind === "video" ? named.liveStreamId : named.videoId;
      return id === undefined ? [] : [id];
    });
    const kind = subject.kind === "video" ? "live-stream" : "video";
    return [...new Set(ids)].map((id) => ({ kind, id }));
  }, [lane, subject.kind]);
}
