import { CornerDownRight } from "lucide-react";
import { formatSubject, type SubjectRef } from "#shared/domain/subject.ts";
import { SubjectLane } from "./subject-lane.tsx";

/** The lanes of a live stream's recordings, tied to the lane above them. */
export function Recordings({ subjects, isAlone }: { subjects: readonly SubjectRef[]; isAlone: boolean }) {
  if (subjects.length === 0) return null;
  return (
    <ul aria-label="Its recordings" className="ml-1.5 grid gap-4 border-l-2 border-edge/60 pl-3 sm:ml-2 sm:pl-5">
      {subjects.map((subject) => (
        <li key={formatSubject(subject)} className="grid min-w-0 gap-1">
          <p className="flex items-center gap-1.5 text-small text-t3">
            <CornerDownRight aria-hidden="true" size={13} />
            Recording of this live stream
          </p>
          <SubjectLane subject={subject} isAlone={isAlone} />
        </li>
      ))}
    </ul>
  );
}
