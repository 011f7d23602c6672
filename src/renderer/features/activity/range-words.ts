import type { ActivityRange } from "#shared/domain/activity.ts";

/** How far back the chart looks, in the words of its choice. */
export const RANGE_WORDS: Readonly<Record<ActivityRange, string>> = {
  "20m": "last 20 min",
  "2h": "last 2 h",
  "24h": "last 24 h",
  all: "all that is kept",
};
