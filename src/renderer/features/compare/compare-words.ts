import { formatPlural } from "../../theme/format.ts";
import type { Comparison } from "./compare-sides.ts";

/** `3 differences, 2 more ignored.` */
export function summaryWords({ counted, ignored }: Pick<Comparison, "counted" | "ignored">): string {
  const found = counted === 0 ? "No difference" : formatPlural(counted, "difference");
  if (ignored === 0) return `${found}.`;
  return counted === 0 ? `${found} that counts, ${ignored} ignored.` : `${found}, ${ignored} more ignored.`;
}
