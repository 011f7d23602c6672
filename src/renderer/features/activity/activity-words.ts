import type { ActivityCounts, ActivityRange } from "#shared/domain/activity.ts";
import { totalOf } from "../../state/activity.ts";
import { formatCount, formatPlural } from "../../theme/format.ts";
import type { Bar } from "./chart.ts";
import { RANGE_WORDS } from "./range-words.ts";

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** `14:02 to 14:03`, with the day where it is not today's. */
export function timeWords(start: number, end: number, now: number): string {
  const today = new Date(now).toDateString();
  const words = (at: number): string =>
    new Date(at).toDateString() === today ? TIME.format(at) : `${DAY.format(at)} ${TIME.format(at)}`;
  return `${words(start)} to ${words(end)}`;
}

/** `12 verified, 2 failed`; `nothing` where nothing came. */
export function countWords(counts: ActivityCounts): string {
  const states = ["verified", "failed", "unsigned", "unchecked"] as const;
  const words = states.filter((state) => counts[state] > 0).map((state) => `${formatCount(counts[state])} ${state}`);
  return words.length === 0 ? "nothing" : words.join(", ");
}

/** `14:02 to 14:03: 12 verified, 2 failed. The path was down.` */
export function barWords({ start, end, counts, hasGap }: Bar, now: number): string {
  return `${timeWords(start, end, now)}: ${countWords(counts)}${hasGap ? ". The path was down" : ""}`;
}

/** What the whole chart says, for those who do not see it. */
export function chartWords(range: ActivityRange, counts: ActivityCounts): string {
  const total = formatPlural(totalOf(counts), "delivery", "deliveries");
  return `Activity, ${RANGE_WORDS[range]}: ${total}${totalOf(counts) === 0 ? "" : `, ${countWords(counts)}`}`;
}
