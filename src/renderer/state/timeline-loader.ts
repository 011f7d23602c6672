import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import { formatSubject, type SubjectRef } from "#shared/domain/subject.ts";
import { AppError } from "#shared/errors.ts";
import { toMessage } from "../client/to-message.ts";
import { afterFailure } from "./after-failure.ts";
import type { Loaded } from "./app-state.ts";
import type { AppStore } from "./store.ts";
import {
  applyToLane,
  LANE_DELIVERIES,
  type Lane,
  type SubjectAnswer,
  type SubjectChoice,
  type TimelineState,
  withReceived,
} from "./timeline-state.ts";

/** A pause in typing, after which the subjects are asked for again. */
const SETTLE_MS = 200;
/** Looking through all deliveries is not to be repeated with each that comes. */
const RECOUNT_MS = 1_000;
/** Moving through the list of deliveries looks at many subjects for a moment only: those are never asked for. */
const WATCH_AFTER_MS = 120;

export interface TimelineLoader {
  /** Fetches the subjects that are chosen. */
  refresh(): Promise<void>;
  choose(change: Partial<SubjectChoice>): void;
  /** Fetches a subject's deliveries and keeps them up to date until what is returned is called. */
  watch(subject: SubjectRef): () => void;
  /** Asks api.video; the answer, or why there is none, is in the state's look-ups. */
  lookUp(subject: SubjectRef): Promise<void>;
  follow(events: readonly EventEnvelope[] | null): void;
  stop(): void;
}

interface Watched {
  readonly subject: SubjectRef;
  watchers: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** What came while the lane was being fetched; null while it is not. */
  pending: EventEnvelope[] | null;
}

export function createTimelineLoader({ client, store }: { client: Client; store: AppStore }): TimelineLoader {
  const watched = new Map<string, Watched>();
  let listLoads = 0;
  let listTimer: ReturnType<typeof setTimeout> | undefined;

  const change = (next: (timeline: TimelineState) => Partial<TimelineState>): void =>
    store.setState(({ timeline }) => ({ timeline: { ...timeline, ...next(timeline) } }));
  const setLane = (name: string, lane: Loaded<Lane>): void =>
    change(({ lanes }) => ({ lanes: { ...lanes, [name]: lane } }));

  async function refresh(): Promise<void> {
    clearTimeout(listTimer);
    listTimer = undefined;
    listLoads += 1;
    const mine = listLoads;
    const { choice, list } = store.getState().timeline;
    if (list.kind !== "ready") change(() => ({ list: { kind: "loading" } }));
    try {
      const { kind, text, limit } = choice;
      const { subjects, hasMore } = await client.call("subjects.list", { ...(kind !== null && { kind }), text, limit });
      if (mine === listLoads) change(() => ({ list: { kind: "ready", value: { subjects, hasMore } } }));
    } catch (error) {
      if (mine === listLoads) change((timeline) => ({ list: afterFailure(timeline.list, error) }));
    }
  }

  function refreshAfter(ms: number): void {
    // Its failure is shown by the state. Not put off by each arrival: a steady stream would never be counted.
    listTimer ??= setTimeout(() => void refresh(), ms);
  }

  async function loadLane(name: string): Promise<void> {
    const watch = watched.get(name);
    if (watch === undefined) return;
    const pending: EventEnvelope[] = [];
    watch.pending = pending;
    const isMine = () => watched.get(name)?.pending === pending;
    if (store.getState().timeline.lanes[name]?.kind !== "ready") setLane(name, { kind: "loading" });
    try {
      const { subject } = watch;
      const { deliveries, total, seq } = await client.call("subjects.timeline", { subject, limit: LANE_DELIVERIES });
      if (!isMine()) return;
      const newer = pending.filter((event) => event.seq > seq);
      setLane(name, { kind: "ready", value: applyAll({ deliveries, total }, subject, newer) });
    } catch (error) {
      if (isMine()) setLane(name, { kind: "failed", message: toMessage(error) });
    } finally {
      if (isMine()) watch.pending = null;
    }
  }

  function drop(name: string): void {
    clearTimeout(watched.get(name)?.timer);
    watched.delete(name);
    change(({ lanes: { [name]: _, ...lanes } }) => ({ lanes }));
  }

  function followLanes(events: readonly EventEnvelope[]): void {
    const { lanes } = store.getState().timeline;
    let next = lanes;
    for (const [name, { subject, pending }] of watched) {
      pending?.push(...events);
      const lane = lanes[name];
      if (lane?.kind !== "ready") continue;
      const value = applyAll(lane.value, subject, events);
      if (value !== lane.value) next = { ...next, [name]: { kind: "ready", value } };
    }
    if (next !== lanes) change(() => ({ lanes: next }));
  }

  function followList(events: readonly EventEnvelope[]): void {
    const { list, choice } = store.getState().timeline;
    if (list.kind !== "ready") return;
    const received = events.flatMap((event) => (event.name === "delivery.received" ? [event.payload] : []));
    const value = received.reduce((before, delivery) => withReceived(before, choice, delivery), list.value);
    if (value !== list.value) change(() => ({ list: { kind: "ready", value } }));
    // A subject that was not listed may have older deliveries; what was removed may have been the last of its subject.
    const isRemoved = events.some(({ name }) => name === "delivery.removed");
    if (isRemoved || value.subjects.length > list.value.subjects.length) refreshAfter(RECOUNT_MS);
  }

  return {
    refresh,
    choose(next) {
      change(({ choice }) => ({ choice: { ...choice, ...next } }));
      clearTimeout(listTimer);
      listTimer = undefined;
      refreshAfter(SETTLE_MS);
    },
    watch(subject) {
      const name = formatSubject(subject);
      const watch = watched.get(name) ?? { subject, watchers: 0, timer: undefined, pending: null };
      watched.set(name, watch);
      watch.watchers += 1;
      clearTimeout(watch.timer);
      // Its failure is shown by the state.
      if (store.getState().timeline.lanes[name] === undefined) {
        watch.timer = setTimeout(() => void loadLane(name), WATCH_AFTER_MS);
      }
      return () => {
        watch.watchers -= 1;
        if (watch.watchers > 0) return;
        clearTimeout(watch.timer);
        // The next delivery may well be about the same subject.
        watch.timer = setTimeout(() => drop(name), WATCH_AFTER_MS);
      };
    },
    async lookUp(subject) {
      const name = formatSubject(subject);
      const set = (lookup: SubjectAnswer): void =>
        change(({ lookups }) => ({ lookups: { ...lookups, [name]: lookup } }));
      set({ kind: "loading" });
      try {
        set({ kind: "ready", value: await client.call("subjects.lookup", { subject }) });
      } catch (error) {
        const code = error instanceof AppError ? error.code : null;
        set({ kind: "failed", code, message: toMessage(error) });
      }
    },
    follow(events) {
      if (events === null) {
        for (const name of watched.keys()) void loadLane(name);
        if (store.getState().view.area === "timeline") void refresh();
        return;
      }
      followLanes(events);
      if (store.getState().view.area === "timeline") followList(events);
    },
    stop() {
      clearTimeout(listTimer);
      for (const { timer } of watched.values()) clearTimeout(timer);
    },
  };
}

function applyAll(lane: Lane, subject: SubjectRef, events: readonly EventEnvelope[]): Lane {
  return events.reduce((before, event) => applyToLane(before, subject, event), lane);
}
