import type { DeliverySource, DeliverySummary } from "#shared/domain/delivery.ts";
import { formatMs } from "../../theme/format.ts";

/**
 * How long a delivery took from api.video's `emittedAt` to its first byte here. Two clocks are compared, so `ahead`
 * (emitted after it came) is no riddle but a difference between them. `isToTheSecond`: the sender's time has no fraction.
 */
export type Lateness =
  | { readonly kind: "unknown" }
  | { readonly kind: "unreadable"; readonly text: string }
  | { readonly kind: "late" | "ahead"; readonly ms: number; readonly isToTheSecond: boolean };

export function latenessOf({ emittedAt, receivedAt }: Pick<DeliverySummary, "emittedAt" | "receivedAt">): Lateness {
  if (emittedAt === undefined) return { kind: "unknown" };
  const ms = Date.parse(receivedAt) - Date.parse(emittedAt);
  if (Number.isNaN(ms)) return { kind: "unreadable", text: emittedAt };
  const isToTheSecond = !/\d[.,]\d/.test(emittedAt);
  // A time without a fraction can be up to a second early: what seems just ahead is not.
  return { kind: ms < 0 ? "ahead" : "late", ms: Math.abs(ms), isToTheSecond };
}

/** In few words, for the head of a delivery: `1.2 s after it was emitted`; null where nothing is known. */
export function latenessWords(lateness: Lateness): string | null {
  switch (lateness.kind) {
    case "unknown":
      return null;
    case "unreadable":
      return "its emittedAt is no date";
    case "late":
      return `${about(lateness)} after it was emitted`;
    case "ahead":
      return `${about(lateness)} before it was emitted, by the clocks`;
  }
}

/** What stands beside the number, so that nobody takes it for more than it is. */
export function clockWords(lateness: Lateness, source: DeliverySource): string | null {
  if (lateness.kind !== "late" && lateness.kind !== "ahead") return null;
  const precision = lateness.isToTheSecond ? " The sender's time is to the second only." : "";
  if (source === "simulated") return `Both times are of this computer's clock.${precision}`;
  if (lateness.kind === "ahead") {
    return `It cannot come before it was emitted: api.video's clock and yours differ by at least ${formatMs(lateness.ms)}.${precision}`;
  }
  return `From api.video's clock to yours; the two may differ.${precision}`;
}

function about({ ms, isToTheSecond }: { ms: number; isToTheSecond: boolean }): string {
  return isToTheSecond ? `about ${formatMs(ms)}` : formatMs(ms);
}
