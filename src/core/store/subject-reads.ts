import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { formatSubject, type SubjectEntry, type SubjectKind, type SubjectRef } from "#shared/domain/subject.ts";
import { collectSlices } from "./slices.ts";
import type { CallArgs, CallName, CallResult } from "./store-messages.ts";
import { toId } from "./stored-delivery.ts";
import type { RecentSubject, SubjectCount } from "./subject-table.ts";

/** What is kept of single videos and live streams. */
export interface SubjectReads {
  /** The last active first. */
  list(choice: { kind: SubjectKind | null; text: string; limit: number }): Promise<SubjectPage>;
  /** Newest first, at most `limit` of `total`. */
  timeline(subject: SubjectRef, limit: number): Promise<{ deliveries: DeliverySummary[]; total: number }>;
}

export interface SubjectPage {
  readonly subjects: SubjectEntry[];
  readonly hasMore: boolean;
}

type Call = <N extends CallName>(name: N, ...args: CallArgs<N>) => Promise<CallResult<N>>;

/** Puts together what the store's thread finds slice by slice. */
export function createSubjectReads(call: Call): SubjectReads {
  return {
    async list({ kind, text, limit }) {
      // One more than asked for tells whether there are more.
      const recent = new Map<string, RecentSubject>();
      await collectSlices(
        async (before) => {
          const slice = await call("recentSubjects", kind, text, limit + 1, before);
          for (const found of slice.found)
            if (!recent.has(formatSubject(found))) recent.set(formatSubject(found), found);
          return slice;
        },
        () => recent.size > limit,
      );
      const wanted = [...recent.values()].slice(0, limit);
      if (wanted.length === 0) return { subjects: [], hasMore: false };
      const counts = await collectSlices((before) => call("subjectCounts", wanted, before));
      const last = await call(
        "summaries",
        wanted.map(({ lastRow }) => lastRow),
      );
      return { subjects: toEntries(wanted, counts, last), hasMore: recent.size > limit };
    },
    async timeline(subject, limit) {
      const rows = await collectSlices((before) => call("subjectRows", subject, before));
      return { deliveries: await call("summaries", rows.slice(0, limit)), total: rows.length };
    },
  };
}

/** A delivery that was deleted meanwhile takes its subject along: the next look has the one before it. */
function toEntries(
  wanted: readonly RecentSubject[],
  counts: readonly SubjectCount[],
  summaries: readonly DeliverySummary[],
): SubjectEntry[] {
  const countsOf = Map.groupBy(counts, formatSubject);
  const summaryOf = new Map(summaries.map((summary) => [summary.id, summary]));
  return wanted.flatMap(({ kind, id, lastRow }) => {
    const parts = countsOf.get(formatSubject({ kind, id })) ?? [];
    const last = summaryOf.get(toId(lastRow));
    if (last === undefined || parts.length === 0) return [];
    const liveStreamId = parts.find((part) => part.liveStreamId !== null)?.liveStreamId ?? undefined;
    return {
      subject: { kind, id },
      deliveries: parts.reduce((sum, part) => sum + part.deliveries, 0),
      failed: parts.reduce((sum, part) => sum + part.failed, 0),
      firstAt: new Date(Math.min(...parts.map(({ firstAt }) => firstAt))).toISOString(),
      lastAt: last.receivedAt,
      last: { id: last.id, type: last.type, ...(last.detail !== undefined && { detail: last.detail }) },
      ...(liveStreamId !== undefined && { liveStreamId }),
    };
  });
}
