import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import type { ActivityRange } from "#shared/domain/activity.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import { toMessage } from "../client/to-message.ts";
import {
  type Activity,
  bucketStart,
  isLaterId,
  planActivity,
  toActivity,
  withArrival,
  withChange,
} from "./activity.ts";
import type { EngineMirror } from "./app-state.ts";
import type { AppStore } from "./store.ts";

/** What cannot be counted here is asked for anew, but not oftener than this, whatever goes on. */
const AGAIN_AFTER_MS = 5_000;
const MAX_RECENT = 2_000;

export interface ActivityLoader {
  /** Asks the engine for the chosen range; what comes meanwhile is added to its answer. */
  reload(): Promise<void>;
  /** Counts what came. `before` is the mirror as it was before these events. */
  follow(events: readonly EventEnvelope[], before: EngineMirror): void;
  stop(): void;
}

/** Keeps the counts of the chart true: the engine counts once, then each event adds to it. */
export function createActivityLoader({ client, store }: { client: Client; store: AppStore }): ActivityLoader {
  let loads = 0;
  let loadedAt = 0;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What came while the engine was counting; null while it is not. */
  let meanwhile: DeliverySummary[] | null = null;
  const recent = createRecentStates(MAX_RECENT);

  const reload = async (): Promise<void> => {
    const { mirror } = store.getState();
    if (mirror === null) return;
    clearTimeout(timer);
    timer = undefined;
    loads += 1;
    const mine = loads;
    loadedAt = Date.now();
    meanwhile = [];
    try {
      const counted = await countActivity(client, mirror.settings.values.activityRange, loadedAt);
      if (mine !== loads || isStopped) return;
      store.setState({ activity: { kind: "ready", value: meanwhile.reduce(withArrival, counted) } });
    } catch (error) {
      if (mine !== loads || isStopped) return;
      // What is known stays: it only grows old.
      if (store.getState().activity.kind !== "ready") {
        store.setState({ activity: { kind: "failed", message: toMessage(error) } });
      }
    } finally {
      if (mine === loads) meanwhile = null;
    }
  };

  const reloadSoon = (): void => {
    timer ??= setTimeout(() => void reload(), Math.max(0, loadedAt + AGAIN_AFTER_MS - Date.now()));
  };

  /** The counts after one event; null where it tells of something that only the engine can count. */
  const apply = (value: Activity, event: EventEnvelope, before: EngineMirror): Activity | null => {
    switch (event.name) {
      case "delivery.received":
        // It may be of any time: how far back all of the history goes, for one.
        if (event.payload.source === "imported") return null;
        meanwhile?.push(event.payload);
        recent.set(event.payload.id, event.payload.verification.state);
        return withArrival(value, event.payload);
      case "delivery.updated": {
        const { id, verification } = event.payload;
        const known = recent.get(id) ?? before.list.items.find((delivery) => delivery.id === id)?.verification.state;
        recent.set(id, verification.state);
        if (known === undefined) return null;
        return known === verification.state ? value : withChange(value, event.payload, known);
      }
      case "delivery.removed":
        return isCounted(value, event.payload.ids) ? null : value;
      default:
        return value;
    }
  };

  return {
    reload,
    follow(events, before) {
      const { activity } = store.getState();
      if (activity.kind !== "ready") {
        // Its first answer is still on its way.
        for (const { name, payload } of events) if (name === "delivery.received") meanwhile?.push(payload);
        return;
      }
      let { value } = activity;
      let isStale = false;
      for (const event of events) {
        const next = apply(value, event, before);
        isStale ||= next === null;
        value = next ?? value;
      }
      if (value !== activity.value) store.setState({ activity: { kind: "ready", value } });
      if (isStale || isOutgrown(value)) reloadSoon();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** All of the history is asked for twice: only its first answer tells how long its parts must be. */
async function countActivity(client: Client, range: ActivityRange, now: number): Promise<Activity> {
  const soon = new Date(now + 1).toISOString();
  const whole = range === "all" ? await client.call("deliveries.activity", { to: soon, buckets: 1 }) : null;
  const plan = planActivity(range, whole === null ? null : Date.parse(whole.from), now);
  const to = bucketStart(now, plan.bucketMs) + plan.bucketMs;
  const from = to - plan.bucketMs * plan.bucketCount;
  const counted = await client.call("deliveries.activity", {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    buckets: plan.bucketCount,
  });
  return toActivity(range, plan, counted);
}

/** Retention takes the oldest away all the time, mostly from before the range. */
function isCounted({ oldest }: Activity, ids: readonly string[] | null): boolean {
  return ids === null || ids.some((id) => oldest === null || !isLaterId(oldest, id));
}

/** All of the history has become too long for its parts. */
function isOutgrown({ range, buckets, until }: Activity): boolean {
  return range === "all" && (buckets.at(-1)?.start ?? 0) >= until;
}

/** The states of the last arrivals: one is mostly told of again within a moment, when it was forwarded. */
function createRecentStates(max: number) {
  const states = new Map<string, VerificationState>();
  return {
    get: (id: string) => states.get(id),
    set(id: string, state: VerificationState): void {
      states.set(id, state);
      // A Map keeps the order of insertion, so the first is the oldest.
      if (states.size > max) states.delete(states.keys().next().value ?? "");
    },
  };
}
