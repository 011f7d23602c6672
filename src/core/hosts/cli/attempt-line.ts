import type { Attempt } from "#shared/domain/attempt.ts";
import { faultWords } from "#shared/domain/fault.ts";

/** `replay [200] http://localhost:3000/hook (12 ms)`, and the fault that was put in on purpose. */
export function attemptLine({ kind, target, ms, outcome, fault }: Attempt): string {
  const result = outcome.kind === "answered" ? `[${outcome.status}]` : `[no answer] ${outcome.message}`;
  return `${kind} ${result} ${target} (${ms} ms)${fault === undefined ? "" : ` fault: ${faultWords(fault)}`}`;
}
