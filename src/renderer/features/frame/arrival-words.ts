import type { DeliveryCounts } from "#shared/domain/delivery.ts";
import { formatPlural } from "../../theme/format.ts";

/** `3 new deliveries, 1 failed`; empty where none came. */
export function arrivalWords(before: DeliveryCounts, now: DeliveryCounts): string {
  const came = now.total - before.total;
  if (came <= 0) return "";
  const failed = Math.max(0, now.failed - before.failed);
  return `${formatPlural(came, "new delivery", "new deliveries")}${failed === 0 ? "" : `, ${failed} failed`}`;
}
