import { assertNever } from "#shared/assert-never.ts";
import type { EventEnvelope } from "#shared/contract/types.ts";
import type { AttemptNotice } from "#shared/domain/attempt.ts";
import { toLastAttempt } from "#shared/domain/attempt.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { DeliveryList, EngineMirror } from "./app-state.ts";

/**
 * The mirror after one event. Pure, and harmless when an event tells what the last load already knew. A filtered list
 * takes no new rows here, because only the engine can say which deliveries match.
 */
export function applyEvent(mirror: EngineMirror, event: EventEnvelope): EngineMirror {
  const next = { ...mirror, seq: event.seq };
  switch (event.name) {
    case "delivery.received":
      return { ...next, list: withReceived(mirror.list, event.payload) };
    case "delivery.updated":
      return { ...next, list: withUpdated(mirror.list, event.payload) };
    case "delivery.removed":
      return {
        ...next,
        list: withoutRemoved(mirror.list, event.payload.ids),
        // With all deliveries go the gaps that are over.
        gaps: event.payload.ids === null ? mirror.gaps.filter(({ to }) => to === null) : mirror.gaps,
      };
    case "attempt.updated":
      return { ...next, list: withAttempt(mirror.list, event.payload) };
    case "counts.changed":
      return { ...next, counts: event.payload };
    case "listener.changed":
      return { ...next, listener: event.payload };
    case "tunnel.changed":
      return { ...next, tunnel: event.payload };
    case "registration.changed":
      return { ...next, registration: event.payload };
    case "api.changed":
      return { ...next, api: event.payload };
    case "forwarding.changed":
      return { ...next, forwarding: event.payload };
    case "targets.changed":
      return { ...next, targets: event.payload.targets };
    case "faults.changed":
      return { ...next, faults: event.payload };
    case "hold.changed":
      return { ...next, hold: event.payload };
    case "settings.changed":
      return { ...next, settings: event.payload };
    case "problem.raised":
      return { ...next, problems: [...withoutId(mirror.problems, event.payload.id), event.payload] };
    case "problem.cleared":
      return { ...next, problems: withoutId(mirror.problems, event.payload.id) };
    case "gap.changed":
      return { ...next, gaps: withGap(mirror.gaps, event.payload) };
    case "run.progressed":
      return { ...next, list: event.payload.attempts.reduce(withAttempt, mirror.list) };
    // These change nothing of the mirror: they make something be loaded again, or concern what was asked for.
    case "run.removed":
    case "webhooks.changed":
    case "reconcile.progressed":
    case "erase.progressed":
    case "reset":
      return next;
    default:
      return assertNever(event);
  }
}

function withReceived(list: DeliveryList, delivery: DeliverySummary): DeliveryList {
  if (list.items.some(({ id }) => id === delivery.id)) return withUpdated(list, delivery);
  if (list.paused !== undefined) return { ...list, paused: { arrived: list.paused.arrived + 1 } };
  if (list.query !== "") return list;
  const known = { ...list, total: list.total + 1, arrivals: list.arrivals + 1 };
  // A window that does not begin at the top knows of what is above it by the count alone.
  return list.newer > 0 ? { ...known, newer: list.newer + 1 } : { ...known, items: [delivery, ...list.items] };
}

function withUpdated(list: DeliveryList, delivery: DeliverySummary): DeliveryList {
  const index = list.items.findIndex(({ id }) => id === delivery.id);
  return index === -1 ? list : { ...list, items: list.items.with(index, delivery) };
}

function withAttempt(list: DeliveryList, attempt: AttemptNotice): DeliveryList {
  const delivery = list.items.find(({ id }) => id === attempt.deliveryId);
  if (delivery === undefined) return list;
  return withUpdated(list, { ...delivery, lastAttempt: toLastAttempt(attempt) });
}

function withoutRemoved(list: DeliveryList, ids: readonly string[] | null): DeliveryList {
  if (ids === null) {
    const items = list.items.filter(({ pinned }) => pinned);
    // With all deliveries go those that wait to be shown.
    const paused = list.paused && { paused: { arrived: 0 } };
    return { ...list, items, newer: 0, before: null, total: items.length, ...paused };
  }
  const gone = new Set(ids);
  const items = list.items.filter(({ id }) => !gone.has(id));
  // Of what is not loaded, a filtered list cannot tell whether it was one of its matches; else it is the oldest that go.
  const count = list.query === "" ? ids.length : list.items.length - items.length;
  return { ...list, items, total: Math.max(list.newer + items.length, list.total - count) };
}

/** Newest first, whatever the order they are told in: one can be noticed when it is long over. */
function withGap(gaps: readonly Gap[], gap: Gap): readonly Gap[] {
  const index = gaps.findIndex(({ id }) => id === gap.id);
  if (index !== -1) return gaps.with(index, gap);
  return [...gaps, gap].sort((a, b) => (a.from < b.from ? 1 : -1));
}

function withoutId<T extends { readonly id: string }>(entries: readonly T[], id: string): T[] {
  return entries.filter((entry) => entry.id !== id);
}
