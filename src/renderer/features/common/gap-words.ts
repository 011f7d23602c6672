import type { Gap } from "#shared/domain/gap.ts";
import { formatMs, formatRowTime } from "../../theme/format.ts";

/** api.video sends again what failed, 3 s apart: a later try bridges what is shorter than two such pauses. */
const BRIDGED_MS = 6_000;

/** `Path was down for 42 s`, or since when it is. */
export function gapTitle({ from, to }: Gap, now: Date): string {
  if (to === null) return `Path is down since ${formatRowTime(from, now).split(".", 1)[0]}`;
  return `Path was down for ${formatMs(Date.parse(to) - Date.parse(from))}`;
}

/** What it means for the events of this time. */
export function gapMeaning({ from, to }: Gap): string {
  if (to === null) return "Events may not arrive.";
  const ms = Date.parse(to) - Date.parse(from);
  return ms < BRIDGED_MS ? "Events in this time may be late or lost." : "Events in this time may be lost.";
}
