import { formatSubject, type SubjectEntry } from "#shared/domain/subject.ts";

/** A subject and, below a live stream, the videos that are recordings of it. */
export interface SubjectGroup {
  readonly entry: SubjectEntry;
  readonly recordings: readonly SubjectEntry[];
}

/** Recordings go to their live stream where that is listed too; a group stands where the last active of it would. */
export function groupSubjects(entries: readonly SubjectEntry[]): SubjectGroup[] {
  const streams = new Map(
    entries.flatMap((entry) => (entry.subject.kind === "live-stream" ? [[entry.subject.id, entry] as const] : [])),
  );
  const streamOf = ({ liveStreamId }: SubjectEntry) =>
    liveStreamId === undefined ? undefined : streams.get(liveStreamId);
  const done = new Set<string>();
  return entries.flatMap((entry) => {
    const head = streamOf(entry) ?? entry;
    const name = formatSubject(head.subject);
    if (done.has(name)) return [];
    done.add(name);
    return [{ entry: head, recordings: entries.filter((other) => other !== head && streamOf(other) === head) }];
  });
}
