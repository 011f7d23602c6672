import type { Attempt } from "#shared/domain/attempt.ts";
import type { DeliveryCounts, DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { Verification } from "#shared/domain/verification.ts";
import type { StoredRuns } from "../lib/stored-run.ts";
import type { StoredActivity } from "./activity-table.ts";
import type { Appended } from "./append-queue.ts";
import type { CapturedEvent } from "./captured-table.ts";
import type { Limits } from "./database.ts";
import type { StoreFacts, StoreHoldings } from "./eraser.ts";
import type { NewGap } from "./gap-table.ts";
import { createRunStore } from "./run-store.ts";
import { needsIndex, type SearchFilter, toFilter } from "./search-conditions.ts";
import { collectSlices } from "./slices.ts";
import { type StoreDeps, startStoreThread } from "./store-thread.ts";
import type {
  LateAnswer,
  ListPage,
  ListPlace,
  NewAttempt,
  NewDelivery,
  StoredContent,
  StoredDelivery,
} from "./stored-delivery.ts";
import { createSubjectReads, type SubjectReads } from "./subject-reads.ts";
import type { SameBody, StoredTwin } from "./twin-table.ts";

/** All deliveries and attempts, and the few things the app remembers. Nothing is answered before it is on disk. */
export interface Store extends AsyncDisposable {
  readonly counts: DeliveryCounts;
  /** Rejects with AppError `store.full`, `store.busy` or another of the store; then nothing of it was kept. */
  append(delivery: NewDelivery): Promise<Appended>;
  /** What the search finds, newest first. Rejects with AppError `input.invalid` where it cannot be read. */
  list(query: string, place: ListPlace, limit: number): Promise<ListPage>;
  /** Which of these searches find this delivery. Rejects with AppError `input.invalid` where one cannot be read. */
  matching(id: string, queries: readonly string[]): Promise<boolean[]>;
  /** The delivery, what it repeats and what repeats that, oldest first; none where it is gone. */
  tries(id: string): Promise<DeliverySummary[]>;
  /** Keeps what was answered after the delivery was stored. */
  setAnswer(id: string, answer: LateAnswer): Promise<DeliverySummary | undefined>;
  summary(id: string): Promise<DeliverySummary | undefined>;
  get(id: string): Promise<(StoredDelivery & { attempts: Attempt[] }) | undefined>;
  content(id: string): Promise<StoredContent | undefined>;
  /** `length` null means to the end. */
  bodyRange(
    id: string,
    offset: number,
    length: number | null,
  ): Promise<{ bytes: Uint8Array; totalBytes: number } | undefined>;
  setPinned(id: string, pinned: boolean): Promise<DeliverySummary | undefined>;
  setNote(id: string, note: string): Promise<DeliverySummary | undefined>;
  setVerification(id: string, verification: Verification): Promise<DeliverySummary | undefined>;
  /** Ids of this webhook (null: that name none) whose signature was not found to fit, newest first. */
  unproven(webhookId: string | null, limit: number): Promise<string[]>;
  hide(ids: readonly string[]): Promise<string[]>;
  restore(ids: readonly string[]): Promise<string[]>;
  /** Erases all deliveries that are not pinned and all gaps that are over; answers how many deliveries. */
  clear(): Promise<number>;
  /**
   * Erases all deliveries that are there when it begins, whatever is pinned; what comes in meanwhile stays. `onProgress`
   * is told how many are gone; answers how many those were.
   */
  eraseAll(onProgress: (erased: number) => void): Promise<number>;
  /** Forgets all that is remembered but these names, and writes the file anew, so that no byte of what was erased is left. */
  scrub(keptStates: readonly string[]): Promise<void>;
  dropState(name: string): Promise<void>;
  holdings(): Promise<StoreHoldings>;
  facts(): Promise<StoreFacts>;
  addAttempt(attempt: NewAttempt): Promise<Attempt>;
  addGap(gap: NewGap): Promise<Gap>;
  endGap(id: string, to: number): Promise<Gap | undefined>;
  /** Newest first. */
  gaps(): Promise<Gap[]>;
  /** Deliveries by state over a time (epoch milliseconds) in equal parts; `from` null means from the oldest on. */
  activity(from: number | null, to: number, buckets: number): Promise<StoredActivity>;
  /** The videos that deliveries of this time (epoch milliseconds) are about. */
  seenVideos(from: number, to: number): Promise<string[]>;
  /** For each of these, the deliveries of that time with that body. */
  sameBodies(wanted: readonly SameBody[]): Promise<StoredTwin[][]>;
  /** What was ever captured of these videos and live streams, newest first. */
  captured(videoIds: readonly string[], liveStreamIds: readonly string[]): Promise<CapturedEvent[]>;
  readonly subjects: SubjectReads;
  readonly runs: StoredRuns;
  setLimits(limits: Limits): Promise<void>;
  readState(name: string): Promise<string | null>;
  writeState(name: string, value: string): Promise<void>;
}

/**
 * Opens the store of a data folder. SQLite runs in a thread of its own: a commit waits for the disk, a search reads a
 * hundred thousand rows, and meanwhile the listener goes on reading.
 * Throws AppError `store.locked`, `store.corrupt`, `store.newer`, `store.unwritable` or `store.full`.
 */
export async function openStore(deps: StoreDeps): Promise<Store> {
  const thread = await startStoreThread(deps);
  const { append, call } = thread;

  async function prepareSearch(filter: SearchFilter): Promise<void> {
    if (!needsIndex(filter)) return;
    let behind = await call("catchUp", null);
    while (behind !== null) behind = await call("catchUp", behind);
  }

  return {
    get counts() {
      return thread.counts;
    },
    append,
    async matching(id, queries) {
      const now = deps.clock.now();
      return call(
        "matching",
        id,
        queries.map((query) => toFilter(query, now)),
      );
    },
    async list(query, place, limit) {
      const filter = toFilter(query, deps.clock.now());
      await prepareSearch(filter);
      return call("list", filter, place, limit);
    },
    tries: (id) => call("tries", id),
    setAnswer: (id, answer) => call("setAnswer", id, answer),
    summary: (id) => call("summary", id),
    get: (id) => call("get", id),
    content: (id) => call("content", id),
    bodyRange: (id, offset, length) => call("bodyRange", id, offset, length),
    setPinned: (id, pinned) => call("setPinned", id, pinned),
    setNote: (id, note) => call("setNote", id, note),
    setVerification: (id, verification) => call("setVerification", id, verification),
    unproven: (webhookId, limit) => call("unproven", webhookId, limit),
    hide: (ids) => call("hide", ids),
    restore: (ids) => call("restore", ids),
    async clear() {
      let erased = 0;
      for (let slice = -1; slice !== 0; erased += slice) slice = await call("clearSlice");
      // Without the deliveries around it, nobody can tell what a gap has swallowed.
      await call("clearGaps");
      return erased;
    },
    async eraseAll(onProgress) {
      let erased = 0;
      let slice = await call("eraseSlice", null);
      while (slice.erased > 0) {
        erased += slice.erased;
        onProgress(erased);
        slice = await call("eraseSlice", slice.upTo);
      }
      return erased;
    },
    scrub: (keptStates) => call("scrub", keptStates),
    dropState: (name) => call("dropState", name),
    holdings: () => call("holdings"),
    facts: () => call("facts"),
    addAttempt: (attempt) => call("addAttempt", attempt),
    addGap: (gap) => call("addGap", gap),
    endGap: (id, to) => call("endGap", id, to),
    gaps: () => call("gaps"),
    activity: (from, to, buckets) => call("activity", from, to, buckets),
    sameBodies: (wanted) => call("sameBodies", wanted),
    async seenVideos(from, to) {
      return [...new Set(await collectSlices((before) => call("seenVideosSlice", from, to, before)))];
    },
    captured: (videoIds, liveStreamIds) =>
      collectSlices((before) => call("capturedSlice", videoIds, liveStreamIds, before)),
    subjects: createSubjectReads(call),
    runs: createRunStore({ call, clock: deps.clock, prepareSearch }),
    setLimits: (limits) => call("setLimits", limits),
    readState: (name) => call("readState", name),
    writeState: (name, value) => call("writeState", name, value),
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
