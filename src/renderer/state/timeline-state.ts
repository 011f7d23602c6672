import type { EventEnvelope } from "#shared/contract/types.ts";
import { type AttemptNotice, toLastAttempt } from "#shared/domain/attempt.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import {
  formatSubject,
  isAbout,
  type SubjectEntry,
  type SubjectKind,
  type SubjectLookup,
  type SubjectRef,
  subjectsOf,
} from "#shared/domain/subject.ts";
import type { Loaded } from "./app-state.ts";

/** Which subjects are listed. */
export interface SubjectChoice {
  readonly kind: SubjectKind | null;
  /** A part of the id. */
  readonly text: string;
  readonly limit: number;
}

export interface SubjectList {
  /** The last active first. */
  readonly subjects: readonly SubjectEntry[];
  readonly hasMore: boolean;
}

/** What is kept of one subject, newest first; `total` counts what was not loaded as well. */
export interface Lane {
  readonly deliveries: readonly DeliverySummary[];
  readonly total: number;
}

/** What api.video said of a subject when it was asked, or why it could not be. */
export type SubjectAnswer =
  | Exclude<Loaded<SubjectLookup>, { kind: "failed" }>
  | { readonly kind: "failed"; readonly code: string | null; readonly message: string };

/** Lanes and look-ups go by their subject, as `formatSubject` writes it. */
export interface TimelineState {
  readonly choice: SubjectChoice;
  readonly list: Loaded<SubjectList>;
  readonly lanes: Readonly<Record<string, Loaded<Lane>>>;
  readonly lookups: Readonly<Record<string, SubjectAnswer>>;
}

/** How many subjects a page has. */
export const PAGE_SUBJECTS = 20;
/** What one lane holds and can draw. */
export const LANE_DELIVERIES = 200;

export const NO_TIMELINE: TimelineState = {
  choice: { kind: null, text: "", limit: PAGE_SUBJECTS },
  list: { kind: "none" },
  lanes: {},
  lookups: {},
};

/** The lane after one event; the same object where the event does not concern it. */
export function applyToLane(lane: Lane, subject: SubjectRef, event: EventEnvelope): Lane {
  switch (event.name) {
    case "delivery.received":
      return isAbout(event.payload.subject, subject) ? withDelivery(lane, event.payload) : lane;
    case "delivery.updated":
      return withUpdated(lane, event.payload);
    case "attempt.updated":
      return withAttempt(lane, event.payload);
    case "run.progressed":
      return event.payload.attempts.reduce(withAttempt, lane);
    case "delivery.removed": {
      const { ids } = event.payload;
      const deliveries = lane.deliveries.filter(({ id, pinned }) => (ids === null ? pinned : !ids.includes(id)));
      const gone = lane.deliveries.length - deliveries.length;
      return gone === 0 ? lane : { deliveries, total: lane.total - gone };
    }
    default:
      return lane;
  }
}

function withDelivery(lane: Lane, delivery: DeliverySummary): Lane {
  if (lane.deliveries.some(({ id }) => id === delivery.id)) return withUpdated(lane, delivery);
  return { deliveries: [delivery, ...lane.deliveries].slice(0, LANE_DELIVERIES), total: lane.total + 1 };
}

function withAttempt(lane: Lane, attempt: AttemptNotice): Lane {
  const delivery = lane.deliveries.find(({ id }) => id === attempt.deliveryId);
  if (delivery === undefined) return lane;
  return withUpdated(lane, { ...delivery, lastAttempt: toLastAttempt(attempt) });
}

function withUpdated(lane: Lane, delivery: DeliverySummary): Lane {
  const index = lane.deliveries.findIndex(({ id }) => id === delivery.id);
  return index === -1 ? lane : { ...lane, deliveries: lane.deliveries.with(index, delivery) };
}

/** The list after a delivery came: its subjects go to the top. What else it changes, the next load brings. */
export function withReceived(list: SubjectList, choice: SubjectChoice, delivery: DeliverySummary): SubjectList {
  return subjectsOf(delivery.subject)
    .filter((subject) => isChosen(subject, choice))
    .reduce((before, subject) => touch(before, subject, delivery), list);
}

function touch(list: SubjectList, subject: SubjectRef, delivery: DeliverySummary): SubjectList {
  const name = formatSubject(subject);
  const known = list.subjects.find((entry) => formatSubject(entry.subject) === name);
  // Told of already: the load was newer than the event.
  if (known !== undefined && known.last.id === delivery.id) return list;
  const { id, type, detail, receivedAt, verification } = delivery;
  const liveStreamId = subject.kind === "video" ? (delivery.subject.liveStreamId ?? known?.liveStreamId) : undefined;
  const entry: SubjectEntry = {
    subject,
    deliveries: (known?.deliveries ?? 0) + 1,
    failed: (known?.failed ?? 0) + (verification.state === "failed" ? 1 : 0),
    // One that was imported may be older. Times are ISO 8601 in UTC with milliseconds, which compare as texts.
    firstAt: known !== undefined && known.firstAt < receivedAt ? known.firstAt : receivedAt,
    lastAt: receivedAt,
    last: { id, type, ...(detail !== undefined && { detail }) },
    ...(liveStreamId !== undefined && { liveStreamId }),
  };
  return { ...list, subjects: [entry, ...list.subjects.filter((other) => other !== known)] };
}

export function isChosen({ kind, id }: SubjectRef, choice: SubjectChoice): boolean {
  return (choice.kind === null || choice.kind === kind) && id.toLowerCase().includes(choice.text.toLowerCase());
}
