import type { BodyResult } from "#shared/compare/find-changes.ts";
import { formatPlural } from "../../theme/format.ts";
import type { Comparison } from "./compare-sides.ts";

/** What is no change, and yet not nothing. */
const BESIDES: Partial<Record<BodyResult, string>> = {
  spaced: " besides white space in the body",
  "too-large": " besides the bodies, which are too large to compare",
};

/** What is said in one line of a comparison. */
type SummedUp = Pick<Comparison, "counted" | "ignored"> & { readonly body: Pick<Comparison["body"], "result"> };

/** `3 differences, 2 more ignored.` */
export function summaryWords({ counted, ignored, body }: SummedUp): string {
  const besides = BESIDES[body.result] ?? "";
  const found =
    counted === 0 ? `No difference${ignored > 0 ? " that counts" : ""}` : formatPlural(counted, "difference");
  const rest = ignored === 0 ? "" : `, ${ignored}${counted > 0 ? " more" : ""} ignored`;
  return `${found}${besides}${rest}.`;
}
