import { type Fault, faultWords } from "./fault.ts";
import type { RunComparisonTally, RunOptions, RunPacing, RunSummary, RunTally } from "./run.ts";

/** What became of the results in one line: `3 fixed, 1 regressed, 12 same`. Empty before the first one. */
export function verdictWords({ fixed, regressed, same, changed, first }: RunTally): string {
  return counted([
    [fixed, "fixed"],
    [regressed, "regressed"],
    [changed, "changed"],
    [same, "same"],
    [first, "with nothing to compare"],
  ]);
}

/** What the target did in one line: `120 accepted, 8 refused`. */
export function outcomeWords({ accepted, refused, unreachable, unsent }: RunTally): string {
  return counted([
    [accepted, "accepted"],
    [refused, "refused"],
    [unreachable, "without an answer"],
    [unsent, "not sent"],
  ]);
}

/** Where a fault has spoilt deliveries, refusing them is right: `7 as they should be, 1 not`. Empty without one. */
export function expectationWords(tally: RunTally, { fault }: Told["options"]): string {
  if (fault === undefined) return "";
  return counted([
    [tally.expected, "as they should be"],
    [countUnexpected(tally), tally.expected === 0 ? "not as they should be" : "not"],
  ]);
}

/** How many were sent and not answered as they should be. */
export function countUnexpected({ expected, accepted, refused, unreachable }: RunTally): number {
  return accepted + refused + unreachable - expected;
}

type Told = Pick<RunSummary, "done" | "total" | "tally"> & { readonly options: Pick<RunOptions, "fault"> };

/** A run in one line: `128 of 128: 120 accepted, 8 refused; 3 fixed, 125 same`. */
export function runLine({ done, total, tally, options }: Told): string {
  const parts = [outcomeWords(tally), expectationWords(tally, options), verdictWords(tally)]
    .filter((part) => part !== "")
    .join("; ");
  return `${done} of ${total}${parts === "" ? "" : `: ${parts}`}`;
}

/** `3 fixed, 1 regressed, 12 same, 2 only in the second`. */
export function comparisonLine(tally: RunComparisonTally): string {
  const words = counted([
    [tally.fixed, "fixed"],
    [tally.regressed, "regressed"],
    [tally.changed, "changed"],
    [tally.same, "same"],
    [tally["only-before"], "only in the first"],
    [tally["only-after"], "only in the second"],
  ]);
  return words === "" ? "Neither run has a result" : words;
}

/** Where a run goes: `to http://localhost:3000`. */
export function targetWords({ target }: Pick<RunOptions, "target">): string {
  return target === null ? "where the routes say" : `to ${target}`;
}

/** What a run does, as a sentence: `128 deliveries to http://localhost:3000, in order, as fast as possible, 4 at a time`. */
export function planWords(
  total: number,
  options: Pick<RunOptions, "target" | "order" | "pacing" | "concurrency" | "fault">,
): string {
  const { order, pacing, concurrency, fault } = options;
  return [
    `${total} ${total === 1 ? "delivery" : "deliveries"} ${targetWords(options)}`,
    order === "shuffled" ? "shuffled" : "in order",
    pacingWords(pacing),
    concurrency === 1 ? "one at a time" : `${concurrency} at a time`,
    ...(fault === undefined ? [] : [planFaultWords(fault)]),
  ].join(", ");
}

/** `with a fault in each: sent 2 times`. */
export function planFaultWords(fault: Fault): string {
  const words = faultWords(fault);
  const which = fault.every === 1 ? "each" : `one in ${fault.every}`;
  return `with a fault in ${which}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

export function pacingWords(pacing: RunPacing): string {
  if (pacing === "asap") return "as fast as possible";
  if (pacing === "original") return "with the gaps they came with";
  if ("intervalMs" in pacing) return `one every ${pacing.intervalMs} ms`;
  return `with the gaps they came with × ${pacing.factor}`;
}

function counted(parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}
