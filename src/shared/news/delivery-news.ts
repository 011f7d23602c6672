import { eventFacts } from "#shared/api-video/event-types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { NotifyOn } from "#shared/domain/notify-on.ts";
import type { NewsItem } from "./news.ts";

/** One notification in this time at most; what comes in between is told together at its end. */
const QUIET_MS = 60_000;

/** Why a delivery is told of: its signature failed, or it is of a type that the user chose. */
export type NewsReason = { readonly kind: "failed" } | { readonly kind: "type"; readonly type: string };

export interface DeliveryNews {
  note(delivery: DeliverySummary, rule: NotifyOn): void;
  /** What waits has been seen in the window. */
  looked(): void;
  stop(): void;
}

/** What the rule says of one delivery; a failed signature counts before the type. Null where it is no news. */
export function newsReason(
  { verification, type }: Pick<DeliverySummary, "verification" | "type">,
  rule: NotifyOn,
): NewsReason | null {
  if (rule.failedSignature && verification.state === "failed") return { kind: "failed" };
  return type !== null && rule.types.includes(type) ? { kind: "type", type } : null;
}

/** The first is told at once; those that follow within a minute are counted, and told as one when it is over. */
export function createDeliveryNews(tell: (item: NewsItem) => void, quietMs = QUIET_MS): DeliveryNews {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: Waiting = NOTHING;

  function tellAndBeQuiet(item: NewsItem): void {
    tell(item);
    timer = setTimeout(() => {
      timer = undefined;
      const { newestId } = waiting;
      if (newestId !== null) tellAndBeQuiet({ ...groupWords(waiting), deliveryId: newestId });
      waiting = NOTHING;
    }, quietMs);
  }

  return {
    note(delivery, rule) {
      const reason = newsReason(delivery, rule);
      if (reason === null) return;
      if (timer === undefined) tellAndBeQuiet({ ...oneWords(delivery, reason), deliveryId: delivery.id });
      else waiting = withOne(waiting, delivery.id, reason);
    },
    looked() {
      waiting = NOTHING;
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = NOTHING;
    },
  };
}

/** What came in the quiet time; as many types as the rule has, at most. */
interface Waiting {
  readonly failed: number;
  readonly types: ReadonlyMap<string, number>;
  readonly newestId: string | null;
}

const NOTHING: Waiting = { failed: 0, types: new Map(), newestId: null };

function withOne({ failed, types }: Waiting, newestId: string, reason: NewsReason): Waiting {
  if (reason.kind === "failed") return { failed: failed + 1, types, newestId };
  return { failed, types: new Map(types).set(reason.type, (types.get(reason.type) ?? 0) + 1), newestId };
}

/** The sender's own text is not quoted: the desktop would show it without saying whose it is. */
function oneWords({ type }: DeliverySummary, reason: NewsReason): NewsItem {
  if (reason.kind === "type") return { title: titleOf(reason.type), body: "A delivery arrived." };
  const what = eventFacts(type)?.title ?? "A delivery of an unknown type";
  return { title: "A signature failed", body: `${what}. Open it to see why.` };
}

function groupWords({ failed, types }: Waiting): NewsItem {
  const byType = [...types].map(([type, count]) => `${count} × ${titleOf(type)}`);
  const total = [...types.values()].reduce((sum, count) => sum + count, failed);
  const signed = failed === 0 ? [] : [`${failed} with a failed signature`];
  if (types.size === 0) {
    return { title: `${deliveries(failed)} with a failed signature in the last minute`, body: "Open the newest one." };
  }
  return { title: `${deliveries(total)} in the last minute`, body: [...signed, ...byType].join(", ") };
}

function deliveries(count: number): string {
  return count === 1 ? "1 delivery" : `${count} deliveries`;
}

/** Of a type that the user chose, so its text is theirs. */
function titleOf(type: string): string {
  return eventFacts(type)?.title ?? type;
}
