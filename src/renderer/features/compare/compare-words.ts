import { formatPlural } from "../../theme/format.ts";
import type { Comparison } from "./compare-sides.ts";

/** `3 differences, 2 more ignored.` */
export function summaryWords({ counted, ignored, body }: Pick<Comparison, "counted" | "ignored" | "body">): string {
  const besides = body.result === "spaced" ? " besides white space in the body" : "";
  const found =
    counted === 0 ? `No difference${ignored > 0 ? " that counts" : ""}` : formatPlural(counted, "difference");
  const rest = ignored === 0 ? "" : `, ${ignored}${counted > 0 ? " more" : ""} ignored`;
  return `${found}${besides}${rest}.`;
}
